import dev.airlock.Airlock;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Prints the median time of a call to the JavaScript kit of components, whose interpreter loop is a large function. See
 * large-functions.sh.
 */
class LargeFunctions {
  interface Api {
    long sum(long[] values);
  }

  public static void main(String[] args) {
    long seconds = Long.parseLong(args[0]);
    long[] values = LongStream.rangeClosed(1, 1000).toArray();
    try (var guest = Airlock.open(Path.of("guests/components/javascript/kit.wasm"))) {
      Api api = guest.unknownImportsAsTraps().as(Api.class);
      long[] times = new long[1 << 16];
      int count = 0;
      long half = System.nanoTime() + seconds * 500_000_000L;
      long end = half + seconds * 500_000_000L;
      while (System.nanoTime() < end && count < times.length) {
        long start = System.nanoTime();
        if (api.sum(values) != 500_500) {
          throw new AssertionError("a wrong sum");
        }
        if (start > half) {
          times[count++] = System.nanoTime() - start;
        }
      }
      Arrays.sort(times, 0, count);
      System.out.println(times[count / 2] / 1000);
    }
  }
}
