//! demo:kit in Rust, by hand: what wit-bindgen would write is in canonical.rs and in these signatures.

// On wasm32 a char crosses as the number that it is, and () takes no room.
#![allow(improper_ctypes_definitions, improper_ctypes)]

mod canonical;
mod resources;
mod types;

use canonical::{received, List, Opt, Res, Text};
use types::*;

mod host {
    use crate::canonical::{List, Res, Text};
    use crate::types::{Entry, Large, Level, Refusal};

    #[link(wasm_import_module = "demo:kit/host")]
    extern "C" {
        pub fn log(ptr: *const u8, len: usize);
        pub fn answer(ptr: *const u8, len: usize, result: *mut Text);
        pub fn add(a: i32, b: i32) -> i32;
        pub fn tick();
        pub fn check(ptr: *const u8, len: usize, result: *mut Res<u32, Refusal>);
        pub fn review(level: Level, ptr: *const Entry, len: usize, result: *mut Res<List<Entry>, Refusal>);
        pub fn relay(all: *const Large, result: *mut Large);
    }
}

fn divided(a: i32, b: i32) -> Result<i32, Text> {
    if b == 0 {
        return Err("division by zero".into());
    }
    a.checked_div(b).ok_or_else(|| "overflow".into())
}

// The kit that core modules have too.
api! {
    "greet" greet(ptr: *mut u8, len: usize) => Text {
        format!("Hello, {}!", &*Text::of(ptr, len)).into()
    }
    "echo" echo(ptr: *mut u8, len: usize) => Text { Text::of(ptr, len) }
    "count" count(ptr: *mut u8, len: usize) -> u32 { Text::of(ptr, len).chars().count() as u32 }
    "reverse" reverse(ptr: *mut u8, len: usize) => List<u8> {
        let mut bytes = List::of(ptr, len).into_vec();
        bytes.reverse();
        bytes.into()
    }
    "sum" sum(ptr: *mut i64, len: usize) -> i64 {
        List::of(ptr, len).iter().fold(0, |sum, value| sum.wrapping_add(*value))
    }
    "scale" scale(ptr: *mut f64, len: usize, by: f64) => List<f64> {
        let mut values = List::of(ptr, len).into_vec();
        values.iter_mut().for_each(|value| *value *= by);
        values.into()
    }
    "repeat" repeat(ptr: *mut u8, len: usize, num: i32) => List<Text> {
        let name = Text::of(ptr, len);
        let num = usize::try_from(num).expect("num is not negative");
        (0..num).map(|_| Text::from(&*name)).collect::<Vec<_>>().into()
    }
    "shout" shout(ptr: *mut u8, len: usize) {
        let message = format!("{}!", &*Text::of(ptr, len));
        host::log(message.as_ptr(), message.len());
    }
    "ask" ask(ptr: *mut u8, len: usize) => Text {
        let question = Text::of(ptr, len);
        let answer = received(|result| host::answer(question.as_ptr(), question.len(), result));
        format!("You said: {}", &*answer).into()
    }
    "add" add(a: i32, b: i32) -> i32 { a.wrapping_add(b) }
    "live" live() -> i32 { canonical::live() }
    "fail" fail(ptr: *mut u8, len: usize) => Text { panic!("{} characters", Text::of(ptr, len).chars().count()) }
}

api! {
    "echo-bool" echo_bool(value: bool) -> bool { value }
    "echo-s8" echo_s8(value: i8) -> i8 { value }
    "echo-u8" echo_u8(value: u8) -> u8 { value }
    "echo-s16" echo_s16(value: i16) -> i16 { value }
    "echo-u16" echo_u16(value: u16) -> u16 { value }
    "echo-s32" echo_s32(value: i32) -> i32 { value }
    "echo-u32" echo_u32(value: u32) -> u32 { value }
    "echo-s64" echo_s64(value: i64) -> i64 { value }
    "echo-u64" echo_u64(value: u64) -> u64 { value }
    "echo-f32" echo_f32(value: f32) -> f32 { value }
    "echo-f64" echo_f64(value: f64) -> f64 { value }
    "echo-char" echo_char(value: char) -> char { value }
    "echo-color" echo_color(value: Color) -> Color { value }
    "echo-level" echo_level(value: Level) -> Level { value }
    "echo-rights" echo_rights(value: u8) -> u8 { value }
    "echo-days" echo_days(value: u16) -> u16 { value }
    "echo-bits" echo_bits(value: u32) -> u32 { value }

    "echo-bytes" echo_bytes(ptr: *mut u8, len: usize) => List<u8> { List::of(ptr, len) }
    "echo-u32s" echo_u32s(ptr: *mut u32, len: usize) => List<u32> { List::of(ptr, len) }
    "echo-strings" echo_strings(ptr: *mut Text, len: usize) => List<Text> { List::of(ptr, len) }
    "echo-nested" echo_nested(ptr: *mut List<u16>, len: usize) => List<List<u16>> { List::of(ptr, len) }
    "echo-lines" echo_lines(ptr: *mut Line, len: usize) => List<Line> { List::of(ptr, len) }
    "echo-entries" echo_entries(ptr: *mut Entry, len: usize) => List<Entry> { List::of(ptr, len) }
    "echo-shapes" echo_shapes(ptr: *mut Shape, len: usize) => List<Shape> { List::of(ptr, len) }
    "echo-options" echo_options(ptr: *mut Opt<u64>, len: usize) => List<Opt<u64>> { List::of(ptr, len) }
    "echo-all-flags" echo_all_flags(ptr: *mut Triple<u8, u16, u32>, len: usize) => List<Triple<u8, u16, u32>> {
        List::of(ptr, len)
    }
    "echo-results" echo_results(ptr: *mut Res<List<u8>, Refusal>, len: usize) => List<Res<List<u8>, Refusal>> {
        List::of(ptr, len)
    }

    "echo-point" echo_point(x: i32, y: i32) => Point { Point { x, y } }
    "echo-line" echo_line(x0: i32, y0: i32, x1: i32, y1: i32, ptr: *mut u8, len: usize) => Line {
        Line { start: Point { x: x0, y: y0 }, end: Point { x: x1, y: y1 }, label: Text::of(ptr, len) }
    }
    "echo-ten" echo_ten(a: bool, b: u8, c: i16, d: u32, e: i64, f: f32, g: f64, h: char, i: *mut u8, i_len: usize,
        j: *mut u8, j_len: usize) => Ten {
        Ten { a, b, c, d, e, f, g, h, i: Text::of(i, i_len), j: List::of(j, j_len) }
    }
    "echo-tuple" echo_tuple(first: u8, ptr: *mut u8, len: usize, third: f64) => Triple<u8, Text, f64> {
        Triple(first, Text::of(ptr, len), third)
    }
    "swap" swap(first: u32, ptr: *mut u8, len: usize) => Pair<Text, u32> { Pair(Text::of(ptr, len), first) }

    // What does not fit into sixteen numbers comes in one block, which is a Box as good as any.
    "echo-arrays" echo_arrays(values: Box<Arrays>) => Arrays { *values }
    "echo-large" echo_large(value: Box<Large>) => Large { *value }
    "many" many(parameters: Box<Large>) => Large { *parameters }

    // The first number after the tag is 64 bits wide for square, so it is for the other cases too.
    "echo-shape" echo_shape(tag: u32, first: u64, second: usize, third: i32, fourth: i32) => Shape {
        let ptr = first as usize;
        match tag {
            0 => Shape::Dot,
            1 => Shape::Circle(f32::from_bits(first as u32)),
            2 => Shape::Square(first),
            3 => Shape::Label(Text::of(ptr as *mut u8, second)),
            4 => Shape::Polygon(List::of(ptr as *mut Point, second)),
            _ => Shape::Named(Pair(Text::of(ptr as *mut u8, second), Point { x: third, y: fourth })),
        }
    }

    "echo-option" echo_option(some: bool, ptr: *mut u8, len: usize) => Opt<Text> {
        if some { Opt::Some(Text::of(ptr, len)) } else { Opt::None }
    }
    "echo-nested-option" echo_nested_option(outer: bool, inner: bool, value: u32) => Opt<Opt<u32>> {
        outer.then(|| inner.then(|| value).into()).into()
    }
}

api! {
    "divide" divide(a: i32, b: i32) => Res<i32, Text> { divided(a, b).into() }
    "expect" expect(yes: bool) -> bool { !yes }
    "refuse" refuse(ptr: *mut u8, len: usize) => Res<(), Text> {
        if len == 0 { Res::Ok(()) } else { Res::Err(Text::of(ptr, len)) }
    }
    "occurrences" occurrences(ptr: *mut u8, len: usize, c: char) => Res<u32, ()> {
        match Text::of(ptr, len).matches(c).count() {
            0 => Res::Err(()),
            found => Res::Ok(found as u32),
        }
    }
    "echo-result" echo_result(failed: bool, first: usize, len: usize) => Res<u32, Text> {
        if failed { Res::Err(Text::of(first as *mut u8, len)) } else { Res::Ok(first as u32) }
    }

    "add-by-host" add_by_host(a: i32, b: i32) -> i32 { host::add(a, b) }
    "check" check(ptr: *mut u8, len: usize) => Res<u32, Refusal> {
        let text = Text::of(ptr, len);
        received(|result| host::check(text.as_ptr(), text.len(), result))
    }
    "review" review(level: Level, ptr: *mut Entry, len: usize) => Res<List<Entry>, Refusal> {
        let entries = List::of(ptr, len);
        received(|result| host::review(level, entries.as_ptr(), entries.len(), result))
    }
    "relay" relay(all: Box<Large>) => Large { received(|result| host::relay(&*all, result)) }

    "nothing" nothing() {}
    "take-string" take_string(ptr: *mut u8, len: usize) -> u32 { Text::of(ptr, len).len() as u32 }
    "take-bytes" take_bytes(ptr: *mut u8, len: usize) -> u32 { List::of(ptr, len).len() as u32 }
    "take-u32s" take_u32s(ptr: *mut u32, len: usize) -> u32 { List::of(ptr, len).len() as u32 }
    "make-string" make_string(size: u32) => Text { "x".repeat(size as usize).into() }
    "make-bytes" make_bytes(size: u32) => List<u8> { vec![120; size as usize].into() }
    "make-u32s" make_u32s(size: u32) => List<u32> { (0..size).collect::<Vec<_>>().into() }
    "call-tick" call_tick(times: u32) {
        (0..times).for_each(|_| host::tick());
    }
    "call-add" call_add(times: u32) -> i32 { (0..times).fold(0, |total, _| host::add(total, 1)) }
    "call-log" call_log(times: u32, ptr: *mut u8, len: usize) {
        let text = Text::of(ptr, len);
        (0..times).for_each(|_| host::log(text.as_ptr(), text.len()));
    }
}
