package dev.airlock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.airlock.convention.Convention;
import dev.airlock.error.SignatureException;
import dev.airlock.error.WitException;
import dev.airlock.program.ProgramResult;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** How plans are printed: word by word. */
class GuestExplainTest {
    interface Api {
        String greet(String name);

        int add(int a, int b);
    }

    private static String explained(String guest, Class<?> type) {
        try (Guest opened = Airlock.open(Guests.file(guest))) {
            return opened.explain(type);
        }
    }

    private static String explained(String guest, String function) {
        try (Guest opened = Airlock.open(Guests.file(guest))) {
            return opened.explain(function);
        }
    }

    @Test
    void anInterfaceOnACoreModule() {
        assertThat(explained("rust/kit", Api.class)).isEqualTo("""
                        add (i32, i32) -> i32, by the convention rust
                        add(a, b)
                          core0 = s32(a)
                          core1 = s32(b)
                          core = call(core0, core1)
                          result = s32(core)
                          return result

                        greet (i32, i32) -> i64, by the convention rust; allocate is alloc; free is dealloc
                        greet(name)
                          elements0 = utf8(name)
                          count0 = count(elements0)
                          ptr0 = allocate(count0)
                          memory[ptr0…] = elements0
                          fat = call(ptr0, count0)
                          ptr, count = fat >>> 32, fat
                          apart(memory[ptr, count], memory[ptr0, count0])
                          freed = ptr unless static and ptr0 is not
                          result = utf8(memory[ptr, count])
                          free(freed, count)
                          free(ptr0, count0)
                          return result
                        """);
    }

    interface Greeter {
        String greet(String name);
    }

    @Test
    void theConventionThatIsChosenIsExplained() {
        String guest = "assemblyscript/kit";
        String plan = """
                        greet (i32) -> i32, by the convention %s; allocate is __new
                        greet(name)
                          elements0 = utf16(name)
                          count0 = count(elements0) / 2
                          ptr0 = new(count0 * 2, class 2), pinned
                          memory[ptr0…] = elements0
                          object = call(ptr0)
                          count = units(object, class 2)
                          result = utf16(memory[object, count])
                          unpin(ptr0)
                          return result
                        """;
        assertThat(explained(guest, Greeter.class)).isEqualTo(plan, "assemblyscript");
        try (CoreGuest opened = Airlock.openModule(Guests.file(guest))) {
            CoreGuest mine = opened.convention(
                    Convention.assemblyscript().toBuilder("mine").build());
            assertThat(mine.explain(Greeter.class)).isEqualTo(plan, "mine");
        }
    }

    @Test
    void anInterfaceOnAComponent() {
        assertThat(explained("components/c/kit", Api.class)).isEqualTo("""
                        demo:kit/api#add: func(a: s32, b: s32) -> s32, by the canonical ABI; strings are utf8
                        demo:kit/api#add(a, b)
                          core = s32(a)
                          core2 = s32(b)
                          core3 = call(core, core2)
                          result = s32(core3)
                          post-return(core3)
                          return result

                        demo:kit/api#greet: func(name: string) -> string, by the canonical ABI; strings are utf8
                        demo:kit/api#greet(name)
                          bytes, count = utf8(name)
                          ptr = place(bytes, align 1)
                          ret = call(ptr, count)
                          memory = the guest's memory
                          memory[ret, 8] lies inside, align 4
                          ptr2 = memory[ret, 4]
                          count2 = memory[ret + 4, 4]
                          result = utf8(memory[ptr2, count2])
                          post-return(ret)
                          return result
                        """);
    }

    interface Account extends AutoCloseable {
        long deposit(long amount);

        @Override
        void close();
    }

    interface Bank {
        Account newAccount(String owner);
    }

    @Test
    void theMethodsOfAResourceComeWithIt() {
        assertThat(explained("components/c/kit", Bank.class)).isEqualTo("""
                        demo:kit/api#[constructor]account: func(owner: string) -> account, by the canonical ABI; strings are utf8
                        demo:kit/api#[constructor]account(owner)
                          bytes, count = utf8(owner)
                          ptr = place(bytes, align 1)
                          core = call(ptr, count)
                          rep = lift own(core)
                          result = resource(rep)
                          post-return(core)
                          what was lifted is taken
                          return result

                        demo:kit/api#[method]account.deposit: func(self: borrow<account>, amount: s64) -> s64, by the canonical ABI; strings are utf8
                        demo:kit/api#[method]account.deposit(self, amount)
                          self is not null
                          rep = representation(self)
                          core = s64(amount)
                          begin scope
                          handle = borrow(rep)
                          core2 = call(handle, core)
                          result = s64(core2)
                          end scope
                          post-return(core2)
                          return result
                        """);
    }

    interface Cat {
        String cat(String text);
    }

    interface Bytes {
        byte[] cat(InputStream in);
    }

    interface Result {
        ProgramResult run();
    }

    @Test
    void anInterfaceOnAProgram() {
        assertThat(explained("c/echo", Cat.class)).isEqualTo("""
                        echo.wasm, a program
                        cat(text)
                          stdin = utf8(text)
                          exit = call(_start)
                          if exit is not 0: throw ProgramException(exit, stderr)
                          result = utf8(stdout)
                          return result
                        """);
        assertThat(explained("c/echo", Bytes.class)).isEqualTo("""
                        echo.wasm, a program
                        cat(in)
                          stdin = in
                          exit = call(_start)
                          if exit is not 0: throw ProgramException(exit, stderr)
                          return stdout
                        """);
        assertThat(explained("c/echo", Result.class)).isEqualTo("""
                        echo.wasm, a program
                        run()
                          exit = call(_start)
                          return exit, stdout, stderr
                        """);
        assertThat(explained("c/echo", Runnable.class)).isEqualTo("""
                        echo.wasm, a program
                        run()
                          exit = call(_start)
                          if exit is not 0: throw ProgramException(exit, stderr)
                        """);
    }

    @Test
    void oneFunction() {
        assertThat(explained("c/kit", "greet: func(name: string) -> string")).isEqualTo("""
                        greet (i32, i32) -> i64, by the convention c; allocate is malloc; free is free
                        greet(name)
                          elements0 = utf8(name)
                          count0 = count(elements0)
                          ptr0 = allocate(count0)
                          memory[ptr0…] = elements0
                          fat = call(ptr0, count0)
                          ptr, count = fat >>> 32, fat
                          apart(memory[ptr, count], memory[ptr0, count0])
                          freed = ptr unless static and ptr0 is not
                          result = utf8(memory[ptr, count])
                          free(freed, count)
                          free(ptr0, count0)
                          return result
                        """);
        assertThat(explained("wat/numbers", "swap")).isEqualTo("""
                        swap (i32, i64) -> (i64, i32), by its numbers
                        swap(arg1, arg2)
                          result = call(arg1, arg2)
                          return result
                        """);
        assertThat(explained("wat/numbers", "nothing")).isEqualTo("""
                        nothing (), by its numbers
                        nothing()
                          call()
                        """);
        String ofComponent = """
                        demo:kit/api#echo-u32s: func(values: list<u32>) -> list<u32>, by the canonical ABI; strings are utf8
                        demo:kit/api#echo-u32s(values)
                          values is not null
                        """;
        assertThat(explained("components/c/kit", "echo-u32s")).startsWith(ofComponent);
        assertThat(explained("components/c/kit", "echo-u32s: func(values: list<u32>) -> list<u32>"))
                .startsWith(ofComponent);
    }

    interface Wrong {
        int greet(int number);

        void nowhere();
    }

    @Test
    void anInterfaceThatCannotBeBoundCannotBeExplained() {
        for (String guest : new String[] {"c/kit", "components/c/kit"}) {
            assertThatThrownBy(() -> explained(guest, Wrong.class))
                    .isInstanceOf(SignatureException.class)
                    .hasMessageContainingAll("Wrong.greet", "Wrong.nowhere");
            assertThatThrownBy(() -> explained(guest, "greet: func(")).isInstanceOf(WitException.class);
        }
        assertThatThrownBy(() -> explained("c/echo", Wrong.class))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("one abstract method, not 2");
        assertThatThrownBy(() -> explained("c/kit", "greet: func(name: u64) -> string"))
                .isInstanceOf(SignatureException.class)
                .hasMessageContaining("(i32, i32) -> i64");
    }
}
