package dev.airlock.wasi.preview1;

import static dev.airlock.wasi.preview1.Door.draw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.airlock.wasi.WasiCtx;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The numbers of descriptors, and their bound. */
class DescriptorsTest extends FolderFixture {
    @Test
    void descriptorsAreBounded() throws IOException {
        reopen(ctx().maxDescriptors(100));
        file("a", "");
        int length = door.text(1024, "a");
        int opened = 0;
        for (int i = 0; i < 100_000; i++) {
            Errno errno = door.call("path_open", 3, 0, 1024, length, 0, READ, 0, 0, 1);
            if (errno == Errno.ESUCCESS) {
                assertThat(door.memory().readInt(1)).isEqualTo(4 + opened++);
            } else {
                assertThat(errno).isEqualTo(Errno.EMFILE);
            }
        }
        assertThat(opened).isEqualTo(96);
        assertThat(door.call("path_open", 3, 0, 1100, door.text(1100, "new"), Flags.CREAT, READ, 0, 0, 1))
                .isEqualTo(Errno.EMFILE);
        assertThat(folder.resolve("new")).as("refused before it is allocated").doesNotExist();
        door.run("fd_close", 50);
        door.run("fd_close", 40);
        assertThat(door.open("a", 0, READ, 0)).as("the lowest that is free").isEqualTo(40);
        assertThat(door.open("a", 0, READ, 0)).isEqualTo(50);
    }

    @Test
    void theDefaultBoundIs1024() throws IOException {
        file("a", "");
        int length = door.text(1024, "a");
        int opened = 4;
        while (door.call("path_open", 3, 0, 1024, length, 0, READ, 0, 0, 1) == Errno.ESUCCESS) {
            opened++;
        }
        assertThat(opened).isEqualTo(WasiCtx.DEFAULT_MAX_DESCRIPTORS);
    }

    @Test
    void renumberingReplacesAFile() throws IOException {
        file("a", "aa");
        file("b", "bb");
        int a = door.open("a", 0, READ, 0);
        int b = door.open("b", 0, READ, 0);
        assertThat(door.read(a, 1)).isEqualTo("a");
        door.run("fd_renumber", a, b);
        assertThat(door.read(b, 9)).as("with its position").isEqualTo("a");
        assertThat(door.call("fd_close", a)).isEqualTo(Errno.EBADF);
        door.run("fd_renumber", 3, b);
        door.run("fd_prestat_get", b, 1);
        door.expect(0, draw("?", 0, 0, 0, 0, 5));
        assertThat(door.call("fd_prestat_get", 3, 1)).isEqualTo(Errno.EBADF);
    }

    @Test
    void numbersThatWereNeverOpenedAreBad() {
        List<long[]> bad = IntStream.of(4, 5, 1_000, 1_000_000, Integer.MAX_VALUE, Integer.MIN_VALUE, -1)
                .mapToObj(fd -> new long[] {fd})
                .toList();
        for (long[] fd : bad) {
            for (Call call : Call.values()) {
                if (call.params().isEmpty() || call.params().get(0).kind() != Call.Kind.FD) {
                    continue;
                }
                long[] args = new long[call.type().params().size()];
                args[0] = fd[0];
                for (Call.Param param : call.params()) {
                    if (param.kind() == Call.Kind.STRING) {
                        args[param.index()] = 1024;
                        args[param.index() + 1] = 1;
                    }
                }
                assertThat(door.call(call.lowerCase(), args))
                        .as(call + " " + fd[0])
                        .isEqualTo(Errno.EBADF);
            }
        }
    }
}
