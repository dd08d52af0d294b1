#!/usr/bin/env bash
# Builds every guest, or one folder: ./build.sh [c | rust | wat]
#
# Debian 12 packages: clang-19 lld-19 wasi-libc libclang-rt-19-dev-wasm32 (c),
# rustc cargo lld libstd-rust-dev-wasm32 librust-serde-json-dev librust-serde-derive-dev (rust), wabt (wat).
set -euo pipefail
cd "$(dirname "$0")"
export LC_ALL=C

CLANG=${CLANG:-clang-19}
# Named by path: another toolchain, first on the search path, would not have Debian's wasm32 libraries.
export RUSTC=${RUSTC:-/usr/bin/rustc}
CARGO=${CARGO:-/usr/bin/cargo}
CRATES=${CRATES:-/usr/share/cargo/registry}

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
  local name

  # No libc: these need nothing but their own memory. -fno-builtin, or loops would turn into calls to memset.
  for name in matrix sort base64 sha256; do
    "$CLANG" "${flags[@]}" -nostdlib -ffreestanding -fno-builtin -Wl,--no-entry -o "c/$name.wasm" "c/$name.c"
  done
  "$CLANG" "${flags[@]}" -mexec-model=reactor -o c/return-string.wasm c/return-string.c
  "$CLANG" "${flags[@]}" -o c/echo.wasm c/echo.c

  record c "$("$CLANG" --version | head -n 1)" "$("$("$CLANG" -print-prog-name=wasm-ld)" --version)" \
    "wasi-libc $(dpkg-query -W -f '${Version}' wasi-libc 2>/dev/null || echo unknown)"
}

build_rust() {
  # Copied out: cargo would write a lock file next to the sources.
  cp -r rust/repeat "$work/repeat"
  RUSTFLAGS="--remap-path-prefix=$work=guests --remap-path-prefix=$CRATES=crates" CARGO_HOME="$work/cargo" \
    "$CARGO" build --quiet --release --offline --target wasm32-wasi \
    --manifest-path "$work/repeat/Cargo.toml" --target-dir "$work/target" \
    --config 'source.crates-io.replace-with="debian"' --config "source.debian.directory=\"$CRATES\""
  cp "$work/target/wasm32-wasi/release/repeat.wasm" rust/repeat.wasm

  "$RUSTC" --edition 2021 --crate-type cdylib --target wasm32-unknown-unknown -C opt-level=s -C lto -C panic=abort \
    -C codegen-units=1 -C strip=debuginfo --crate-name host_buffer \
    -o rust/host-buffer.wasm rust/host-buffer/host-buffer.rs

  record rust "$("$RUSTC" --version)" "$("$CARGO" --version)" "$(rust-lld -flavor wasm --version)" \
    "$(cd "$CRATES" && echo serde_json-[0-9]* serde-[0-9]* serde_derive-[0-9]*)"
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

build_wat() {
  # One by one: --enable-all also turns on a proposal under which wabt 1.0.32 refuses ref.func as a funcref.
  local features=(--enable-threads --enable-multi-memory --enable-tail-call)
  local source name

  print_huge > "$work/huge.wat"
  for source in wat/*.wat "$work/huge.wat"; do
    name=$(basename "$source" .wat)
    wat2wasm "${features[@]}" --debug-names -o "wat/$name.wasm" "$source"
    wasm-validate "${features[@]}" "wat/$name.wasm"
  done

  record wat "wat2wasm $(wat2wasm --version)"
}

case ${1:-all} in
  all) build_c; build_rust; build_wat ;;
  c | rust | wat) "build_$1" ;;
  *) echo "usage: $0 [c | rust | wat]" >&2; exit 2 ;;
esac

# Linkers mark their output as executable, wat2wasm does not: what is committed should not depend on it.
find . -name '*.wasm' -exec chmod 644 {} +
find . -name '*.wasm' | sed 's|^\./||' | sort | xargs sha256sum > SHA256SUMS
