package dev.airlock.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.Guests;
import dev.airlock.engine.Engine;
import org.junit.jupiter.api.Test;

class WorldPrinterTest {
    private static Component component(String guest) {
        return Component.compile(Engine.create(), Guests.file("components/wat/" + guest));
    }

    @Test
    void everyKindOfItemInAWorld() {
        assertThat(component("world").wit()).isEqualTo("""
                        package root:component;

                        world root {
                          import demo:shapes/types@0.2.1;
                          import demo:shapes/paint@0.2.1;
                          import wasi:cli/environment@0.2.0;
                          import logger: interface {
                            log: func(text: string);
                          }
                          import stub: interface {
                          }
                          type id = u64;
                          record request { %type: string, body: option<list<u8>> }
                          import send: func(request: request) -> result<list<u64>, tuple<u8, char>>;
                          import listen: async func(in: stream<u8>) -> future<result<string, list<f64>>>;
                          // import plugin: core module
                          // import library: component

                          export demo:shapes/types@0.2.1;
                          export demo:out/brush;
                          export deliver: func(request: request) -> result<list<u64>, tuple<u8, char>>;
                          export hear: async func(in: stream<u8>) -> future<result<string, list<f64>>>;
                        }

                        package demo:shapes@0.2.1 {
                          interface types {
                            record point { x: s32, y: s32 }
                            variant shape { dot, at(point) }
                            enum color { red, dark-green }
                            flags rights { read, write }
                            type path = list<point>;
                            resource blob {
                              constructor(size: u32);
                              size: func() -> u32;
                              append: async func(bytes: list<u8>);
                              merge: static func(a: blob, b: blob) -> blob;
                            }
                            origin: func() -> point;
                          }

                          interface paint {
                            use types.{point, blob as canvas};
                            resource file {
                              constructor(name: string) -> result<file, string>;
                            }
                            fill: func(at: point, on: borrow<canvas>) -> result<_, string>;
                          }
                        }

                        package wasi:cli@0.2.0 {
                          interface environment {
                            get-environment: func() -> list<tuple<string, string>>;
                          }
                        }

                        package demo:out {
                          interface brush {
                            use demo:shapes/types@0.2.1.{point, blob as canvas};
                            use demo:shapes/paint@0.2.1.{file};
                            fill: func(at: point, on: borrow<canvas>) -> result<_, string>;
                          }
                        }
                        """);
    }

    @Test
    void aResourceExportedThroughANestedComponent() {
        assertThat(component("sections").wit()).isEqualTo("""
                        package root:component;

                        world root {
                          import host: interface {
                            resource stream-end {
                              next: func() -> option<string>;
                            }
                            variant failure { missing, refused(u32) }
                            open: func(name: string) -> result<stream-end, failure>;
                          }
                          record named { name: string, tags: list<string>, at: tuple<u8, u16, u32, u64, s8, s16, s32, s64> }
                          enum level { low, high }
                          flags marks { a, b }
                          import log: func(text: string, level: level, marks: marks);

                          export demo:sections/api@1.2.3-rc.1+b5;
                          export task: async func();
                          // export libc: core module
                        }

                        package demo:sections@1.2.3-rc.1+b5 {
                          interface api {
                            resource blob {
                              size: func() -> u32;
                              constructor(%from: u32);
                            }
                            record named { name: string, tags: list<string>, at: tuple<u8, u16, u32, u64, s8, s16, s32, s64> }
                            names: func(of: list<u8>) -> list<named>;
                          }
                        }
                        """);
    }
}
