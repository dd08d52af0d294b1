package dev.airlock.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of variables with one {@code NAME=VALUE} on each line. Empty lines and lines that start with {@code #} are ignored. A
 * {@code NAME} alone takes its value from this process. A value is everything after the first {@code =}, unchanged.
 *
 * <p>Quotes around a value are refused: some tools treat them as part of the value, and others do not.
 */
final class EnvFile {
    private EnvFile() {}

    /**
     * Reads the variables, each in the form that {@code --env} takes.
     *
     * @throws IllegalArgumentException if the file cannot be read or a line is not a variable; the message says what is wrong
     */
    static List<String> read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("no such file", e);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException("the file is not UTF-8", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
        }
        var variables = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            // Some editors start a UTF-8 file with a byte order mark.
            String line =
                    i == 0 && lines.get(0).startsWith("\ufeff") ? lines.get(0).substring(1) : lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                variables.add(checked(line, i + 1));
            }
        }
        return variables;
    }

    private static String checked(String line, int number) {
        int equals = line.indexOf('=');
        String name = equals < 0 ? line : line.substring(0, equals);
        if (name.startsWith("export ")) {
            throw wrong(number, "\"export\" is a word of the shell: leave it out");
        }
        if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
            throw wrong(number, "expected NAME=VALUE, without spaces around the name");
        }
        String value = equals < 0 ? "" : line.substring(equals + 1);
        boolean quoted = value.length() > 1
                && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
        if (quoted) {
            throw wrong(
                    number, "the quotes around " + name + " would be part of its value: leave them out, or use --env");
        }
        return line;
    }

    private static IllegalArgumentException wrong(int number, String problem) {
        return new IllegalArgumentException("line " + number + ": " + problem);
    }
}
