package dev.airlock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Counts the phrases that make sentences hard to read for people whose first language is another, in all sources and documents:
 * CONTRIBUTING.md lists them.
 */
class WordsTest {
    private static final Path ROOT = Path.of(System.getProperty("airlock.guests", "../guests"))
            .toAbsolutePath()
            .normalize()
            .getParent();

    private static final Set<String> FOLDERS =
            Set.of("target", ".git", "node_modules", ".idea", ".vscode", "third-party");

    private static final Pattern TEXT =
            Pattern.compile(".*\\.(java|kt|md|sh|xml|yml|yaml|wit|c|h|cpp|rs|go|ts|zig|mjs|js|wat|html|properties|cmd)"
                    + "|.*/(run|airlock)");

    /** Between two words: also the end of a line, and the sign with which the next line of a comment begins. */
    private static final String GAP = "[\\s*/#;]+";

    // The words are split, so that this file has none of them.
    private static final Pattern BANNED = Pattern.compile(
            ("\\b(no" + "body|who" + "ever|an" + "ew|(is|are) told|(is|are) said of|to be" + " had|but" + " for)\\b"
                            + "|\\bany" + " more\\b(?! than)"
                            + "|\\bof (the|a|an) (host|guest|caller|user|component|instance|module|program|library|engine|platform)'s"
                            + "(?=@([.,;:)]|$)| (that|which|is|are|may|has|to|and|or|as|in|by)\\b)")
                    .replace(" ", GAP)
                    .replace("@", " *"),
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    @Test
    void noFileHasABannedPhrase() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            Matcher banned = BANNED.matcher(text);
            while (banned.find()) {
                long line = text.substring(0, banned.start()).lines().count();
                found.add(ROOT.relativize(file) + ":" + Math.max(1, line) + ": " + banned.group());
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void thePatternFindsThem() {
        Stream.of(
                        "it is no" + "body's",
                        "Who" + "ever calls",
                        "made an" + "ew",
                        "not there any" + " more",
                        "an object of the" + " host's, or",
                        "the recorder is" + " told",
                        "what is" + " said of it",
                        "there is something to be" + " had",
                        "but" + " for what is below",
                        "     * It is\n     * told",
                        "// not there any\n    // more")
                .forEach(
                        text -> assertThat(BANNED.matcher(text).find()).as(text).isTrue());
        Stream.of("any more than that", "the host's memory", "of the guest's memory", "no longer")
                .forEach(
                        text -> assertThat(BANNED.matcher(text).find()).as(text).isFalse());
    }

    private static List<Path> files() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return FOLDERS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (TEXT.matcher(file.toString()).matches() && attributes.isRegularFile()) {
                        files.add(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
