package dev.airlock.symbols.dwarf;

import org.jspecify.annotations.Nullable;

/** The folders and files of one line program, read only when a name is needed. */
final class FileTable {
    /** Each question reads the tables again, and there may be a few hundred. */
    private static final int LARGEST = 1 << 20;

    private static final int PATH = 1;
    private static final int FOLDER = 2;

    private static final int DATA2 = 0x05;
    private static final int DATA4 = 0x06;
    private static final int DATA8 = 0x07;
    private static final int STRING = 0x08;
    private static final int BLOCK = 0x09;
    private static final int DATA1 = 0x0b;
    private static final int STRP = 0x0e;
    private static final int UDATA = 0x0f;
    private static final int DATA16 = 0x1e;
    private static final int LINE_STRP = 0x1f;

    private final SectionReader header;
    private final int version;
    private final boolean is64;
    private final Texts texts;

    FileTable(SectionReader header, int version, boolean is64, Texts texts) {
        this.header = header;
        this.version = version;
        this.is64 = is64;
        this.texts = texts;
    }

    /** Text of other sections. */
    interface Texts {
        /**
         * Returns a text.
         *
         * @param ofLines whether it is in the section for line programs only, {@code .debug_line_str}
         * @param offset the offset in the section
         */
        String at(boolean ofLines, long offset);

        /**
         * Returns whether a table of this size may be read once more, within the bound for all tables of a question.
         */
        boolean mayRead(int bytes);
    }

    private record Entry(String path, long folder) {}

    /**
     * Returns a file's name with its folder, relative to the folder in which the compiler ran if that is known; null if
     * there is no such file.
     */
    @Nullable
    String name(long number) {
        if (header.remaining() > LARGEST || !texts.mayRead(header.remaining())) {
            return null;
        }
        SectionReader in = header.copy();
        if (version < 5) {
            SectionReader folders = in.copy();
            skipFolders(in);
            Entry file = oldFile(in, number);
            return file == null ? null : path(null, file.folder == 0 ? "" : oldFolder(folders, file.folder), file.path);
        }
        String compiledIn = null;
        SectionReader folders = in.copy();
        Entry first = entry(folders.copy(), 0);
        if (first != null) {
            compiledIn = first.path;
        }
        entry(in, -1);
        Entry file = entry(in, number);
        if (file == null) {
            return null;
        }
        Entry folder = file.folder == 0 ? null : entry(folders, file.folder);
        return path(compiledIn, folder == null ? "" : folder.path, file.path);
    }

    private static String path(@Nullable String compiledIn, String folder, String file) {
        String path = folder.isEmpty() || file.startsWith("/") ? file : folder + "/" + file;
        return compiledIn != null && path.startsWith(compiledIn + "/") ? path.substring(compiledIn.length() + 1) : path;
    }

    private static void skipFolders(SectionReader in) {
        while (!in.text().isEmpty()) {
            // The next entry.
        }
    }

    private static String oldFolder(SectionReader in, long number) {
        for (long i = 1; ; i++) {
            String folder = in.text();
            if (folder.isEmpty() || i == number) {
                return folder;
            }
        }
    }

    private static @Nullable Entry oldFile(SectionReader in, long number) {
        for (long i = 1; ; i++) {
            String path = in.text();
            if (path.isEmpty()) {
                return null;
            }
            long folder = in.uleb();
            in.uleb();
            in.uleb();
            if (i == number) {
                return new Entry(path, folder);
            }
        }
    }

    /** Reads a table of entries whose format the table itself describes, up to one entry or to the end. */
    private @Nullable Entry entry(SectionReader in, long number) {
        int width = in.u8();
        long[] kinds = new long[width];
        long[] forms = new long[width];
        for (int i = 0; i < width; i++) {
            kinds[i] = in.uleb();
            forms[i] = in.uleb();
        }
        long count = in.uleb();
        if (width == 0 && count != 0) {
            throw new IndexOutOfBoundsException(count + " entries without content at byte " + in.position());
        }
        for (long i = 0; i < count; i++) {
            String path = "";
            long folder = 0;
            for (int k = 0; k < width; k++) {
                if (i == number && kinds[k] == PATH) {
                    path = text(in, (int) forms[k]);
                } else if (i == number && kinds[k] == FOLDER) {
                    folder = number(in, (int) forms[k]);
                } else {
                    skip(in, (int) forms[k]);
                }
            }
            if (i == number) {
                return new Entry(path, folder);
            }
        }
        return null;
    }

    private String text(SectionReader in, int form) {
        return switch (form) {
            case STRING -> in.text();
            case LINE_STRP -> texts.at(true, in.unsigned(is64 ? 8 : 4));
            case STRP -> texts.at(false, in.unsigned(is64 ? 8 : 4));
            default -> throw unknown(in, form);
        };
    }

    private static long number(SectionReader in, int form) {
        return switch (form) {
            case DATA1 -> in.u8();
            case DATA2 -> in.u16();
            case DATA4 -> in.u32();
            case DATA8 -> in.u64();
            case UDATA -> in.uleb();
            default -> throw unknown(in, form);
        };
    }

    private void skip(SectionReader in, int form) {
        switch (form) {
            case STRING -> in.skipText();
            case LINE_STRP, STRP -> in.skip(is64 ? 8 : 4);
            case BLOCK -> in.skip(in.uleb());
            case DATA16 -> in.skip(16);
            default -> number(in, form);
        }
    }

    private static IndexOutOfBoundsException unknown(SectionReader in, int form) {
        return new IndexOutOfBoundsException("form " + form + " is not known, at byte " + in.position());
    }
}
