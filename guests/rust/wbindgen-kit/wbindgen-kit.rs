//! The kit as wasm-bindgen would have made it, by hand: the guest takes its arguments, the host frees the results.
//! `stack.s` and `multi.s` add what wasm-bindgen itself adds to a module after the compiler.

use std::alloc::{self, Layout};
use std::mem;
use std::sync::atomic::{AtomicI32, Ordering::Relaxed};

static BLOCKS: AtomicI32 = AtomicI32::new(0);
static BYTES: AtomicI32 = AtomicI32::new(0);

fn layout(size: usize, align: usize) -> Layout {
    Layout::from_size_align(size, align).expect("a size that fits into memory")
}

fn counted(blocks: i32, bytes: i32) {
    BLOCKS.fetch_add(blocks, Relaxed);
    BYTES.fetch_add(bytes, Relaxed);
}

/// An empty block is an address that only looks right, as `Vec` has it: it is not read or freed.
#[no_mangle]
pub extern "C" fn __wbindgen_malloc(size: usize, align: usize) -> *mut u8 {
    let layout = layout(size, align);
    if size == 0 {
        return align as *mut u8;
    }
    // SAFETY: the size is not zero.
    let block = unsafe { alloc::alloc(layout) };
    if block.is_null() {
        alloc::handle_alloc_error(layout);
    }
    counted(1, size as i32);
    block
}

/// # Safety
/// The block was given out for this size and this alignment.
#[no_mangle]
pub unsafe extern "C" fn __wbindgen_realloc(ptr: *mut u8, old: usize, new: usize, align: usize) -> *mut u8 {
    let moved = __wbindgen_malloc(new, align);
    ptr.copy_to_nonoverlapping(moved, old.min(new));
    __wbindgen_free(ptr, old, align);
    moved
}

/// # Safety
/// The block was given out for this size and this alignment.
#[no_mangle]
pub unsafe extern "C" fn __wbindgen_free(ptr: *mut u8, size: usize, align: usize) {
    if size == 0 {
        return;
    }
    counted(-1, -(size as i32));
    alloc::dealloc(ptr, layout(size, align));
}

#[no_mangle]
pub extern "C" fn live() -> i32 {
    BLOCKS.load(Relaxed)
}

/// Not zero although no block is live: somebody freed with another size than was asked for.
#[no_mangle]
pub extern "C" fn live_bytes() -> i32 {
    BYTES.load(Relaxed)
}

/// What a function writes where its first parameter points.
#[repr(C)]
pub struct Slice {
    ptr: *mut u8,
    len: usize,
}

/// Takes the block from the host: a boxed slice has just its size and alignment.
unsafe fn taken<T>(ptr: *mut T, len: usize) -> Vec<T> {
    // A host need not have an address for nothing, and Rust has no vector at address 0.
    if len == 0 {
        return Vec::new();
    }
    counted(-1, -((len * mem::size_of::<T>()) as i32));
    Vec::from_raw_parts(ptr, len, len)
}

unsafe fn taken_text(ptr: *mut u8, len: usize) -> String {
    // A repaired text would hide that the host sent the wrong bytes.
    String::from_utf8(taken(ptr, len)).expect("UTF-8")
}

fn given<T>(values: Vec<T>) -> Slice {
    // Boxed, so that the block has no more room than the host will say when it frees it.
    let values = values.into_boxed_slice();
    if !values.is_empty() {
        counted(1, mem::size_of_val(&*values) as i32);
    }
    Slice { len: values.len(), ptr: Box::into_raw(values).cast() }
}

#[no_mangle]
pub unsafe extern "C" fn greet(ret: *mut Slice, ptr: *mut u8, len: usize) {
    ret.write(given(format!("Hello, {}!", taken_text(ptr, len)).into_bytes()));
}

#[no_mangle]
pub unsafe extern "C" fn echo(ret: *mut Slice, ptr: *mut u8, len: usize) {
    ret.write(given(taken_text(ptr, len).into_bytes()));
}

#[no_mangle]
pub unsafe extern "C" fn count(ptr: *mut u8, len: usize) -> u32 {
    taken_text(ptr, len).chars().count() as u32
}

#[no_mangle]
pub unsafe extern "C" fn reverse(ret: *mut Slice, ptr: *mut u8, len: usize) {
    let mut bytes = taken(ptr, len);
    bytes.reverse();
    ret.write(given(bytes));
}

#[no_mangle]
pub unsafe extern "C" fn sum(ptr: *mut i64, len: usize) -> i64 {
    taken(ptr, len).iter().fold(0, |sum, value| sum.wrapping_add(*value))
}

#[no_mangle]
pub unsafe extern "C" fn scale(ret: *mut Slice, ptr: *mut f64, len: usize, by: f64) {
    ret.write(given(taken(ptr, len).iter().map(|value| value * by).collect::<Vec<f64>>()));
}

#[no_mangle]
pub extern "C" fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

#[no_mangle]
pub unsafe extern "C" fn fail(_ret: *mut Slice, ptr: *mut u8, len: usize) {
    panic!("told to fail: {}", taken_text(ptr, len))
}
