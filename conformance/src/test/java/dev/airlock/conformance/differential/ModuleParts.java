package dev.airlock.conformance.differential;

import dev.airlock.conformance.WasmBytes;

/** Writes the sections of a generated module that have no code. */
final class ModuleParts {
    private final ModuleGenerator module;

    ModuleParts(ModuleGenerator module) {
        this.module = module;
    }

    /** A table of functions and one of externref. */
    WasmBytes tables() {
        return new WasmBytes()
                .u(2)
                .raw(WasmBytes.FUNCREF, 1)
                .u(ModuleGenerator.TABLE_SIZE)
                .u(ModuleGenerator.MOST_TABLE_SIZE)
                .raw(0x6F, 1)
                .u(ModuleGenerator.TABLE_SIZE)
                .u(ModuleGenerator.MOST_TABLE_SIZE);
    }

    WasmBytes memories() {
        int flags = 1 | (module.has("atomic") ? 2 : 0) | (module.memory64 ? 4 : 0);
        return new WasmBytes().u(1).raw(flags, ModuleGenerator.PAGES, ModuleGenerator.MOST_PAGES);
    }

    WasmBytes tags() {
        WasmBytes out = new WasmBytes().u(ModuleGenerator.TAGS.length);
        for (String tag : ModuleGenerator.TAGS) {
            out.raw(0).u(module.type(tag, ""));
        }
        return out;
    }

    WasmBytes globals() {
        WasmBytes out = new WasmBytes().u(module.globals.length());
        for (char letter : module.globals.toCharArray()) {
            module.valueType(out, letter);
            out.raw(1);
            switch (letter) {
                case 'i' -> out.raw(0x41).s(module.random.nextInt());
                case 'l' -> out.raw(0x42).s(module.random.nextLong());
                case 'f' -> out.raw(0x43).fixed(Float.floatToIntBits(module.random.nextInt(1000)), 4);
                case 'd' -> out.raw(0x44).fixed(Double.doubleToLongBits(module.random.nextDouble()), 8);
                case 'v' ->
                    out.raw(0xFD).u(12).fixed(module.random.nextLong(), 8).fixed(module.random.nextLong(), 8);
                case 'F' -> out.raw(0xD2).u(module.random.nextInt(ModuleGenerator.callable()));
                default -> {
                    out.raw(0xD0);
                    FunctionGenerator.heapType(module, out, letter);
                }
            }
            out.raw(0x0B);
        }
        return out;
    }

    /** Exports the wrappers, the memory, and the globals that are numbers. */
    WasmBytes exports(int functions) {
        String numbers = "ilfd";
        int count = functions + 2;
        WasmBytes out = new WasmBytes();
        for (int i = 0; i < functions; i++) {
            out.name("f" + i).raw(0).u(functions + i);
        }
        out.name(ModuleGenerator.STATE).raw(0).u(functions * 2L);
        out.name("memory").raw(2, 0);
        for (int i = 0; i < module.globals.length(); i++) {
            if (numbers.indexOf(module.globals.charAt(i)) >= 0) {
                out.name("g" + i).raw(3).u(i);
                count++;
            }
        }
        return new WasmBytes().u(count).append(out);
    }

    /** An active segment that fills half of the table, and a passive one. */
    WasmBytes elements() {
        WasmBytes out = new WasmBytes().u(2);
        out.raw(0, 0x41, 0, 0x0B);
        indices(out, ModuleGenerator.TABLE_SIZE / 2);
        out.raw(1, 0);
        indices(out, ModuleGenerator.TABLE_SIZE);
        return out;
    }

    private void indices(WasmBytes out, int count) {
        out.u(count);
        for (int i = 0; i < count; i++) {
            // Each one at least once, since ref.func needs that.
            int callable = ModuleGenerator.callable();
            out.u(i < callable ? i : module.random.nextInt(callable));
        }
    }

    WasmBytes datas() {
        WasmBytes out = new WasmBytes().u(ModuleGenerator.SEGMENTS);
        for (int i = 0; i < ModuleGenerator.SEGMENTS; i++) {
            if (i == 0) {
                out.raw(0, module.memory64 ? 0x42 : 0x41, 0, 0x0B);
            } else {
                out.raw(1);
            }
            out.u(ModuleGenerator.SEGMENT_SIZE);
            for (int b = 0; b < ModuleGenerator.SEGMENT_SIZE; b++) {
                out.raw(module.random.nextInt(256));
            }
        }
        return out;
    }
}
