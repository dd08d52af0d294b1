import dev.airlock.Airlock;
import dev.airlock.Guest;
import java.nio.file.Path;
import java.util.List;

public class Hello {
    record Request(String name, int num) {}

    record Names(List<String> names) {}

    interface Repeat {
        Names repeat(Request request);
    }

    public static void main(String[] args) {
        try (Guest guest = Airlock.open(Path.of("repeat.wasm"))) { // a WASI program, compiled from Rust
            Names answer = guest.as(Repeat.class).repeat(new Request("Ada", 3));
            System.out.println(answer); // Names[names=[Ada, Ada, Ada]]
        }
    }
}
