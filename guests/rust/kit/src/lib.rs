//! The kit as a plain Rust guest has it: `(ptr, len)` in, `ptr << 32 | len` out, and the host frees both.

use std::alloc::{self, Layout};
use std::borrow::Cow;
use std::sync::atomic::{AtomicI32, Ordering::Relaxed};
use std::{iter, mem, ptr, slice, str};

use serde::{Deserialize, Serialize};

mod env {
    #[link(wasm_import_module = "env")]
    extern "C" {
        pub fn log(ptr: *const u8, len: usize);
        pub fn answer(ptr: *const u8, len: usize) -> u64;
    }
}

/// Enough for every number, since the size alone does not say what the block is for.
const ALIGN: usize = mem::align_of::<u64>();

static BLOCKS: AtomicI32 = AtomicI32::new(0);
static BYTES: AtomicI32 = AtomicI32::new(0);

fn layout(size: usize) -> Layout {
    Layout::from_size_align(size, ALIGN).expect("a size that fits into memory")
}

/// Asking Rust's allocator for nothing is undefined: an empty block is an address that is not read.
#[no_mangle]
pub extern "C" fn alloc(size: usize) -> *mut u8 {
    if size == 0 {
        return ALIGN as *mut u8;
    }
    // SAFETY: the size is not zero.
    let block = unsafe { alloc::alloc(layout(size)) };
    if block.is_null() {
        alloc::handle_alloc_error(layout(size));
    }
    BLOCKS.fetch_add(1, Relaxed);
    BYTES.fetch_add(size as i32, Relaxed);
    block
}

/// # Safety
/// The block is one that `alloc` gave out for this very size.
#[no_mangle]
pub unsafe extern "C" fn dealloc(ptr: *mut u8, size: usize) {
    if size == 0 {
        return;
    }
    BLOCKS.fetch_sub(1, Relaxed);
    BYTES.fetch_sub(size as i32, Relaxed);
    alloc::dealloc(ptr, layout(size));
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

/// # Safety
/// Here and below: the host points to that many elements, and leaves them alone during the call.
unsafe fn elements<'a, T>(ptr: *const T, len: usize) -> &'a [T] {
    // A host need not have an address for nothing, and Rust has no slice at address 0.
    if len == 0 {
        return &[];
    }
    slice::from_raw_parts(ptr, len)
}

unsafe fn text<'a>(ptr: *const u8, len: usize) -> &'a str {
    // A repaired text would hide that the host sent the wrong bytes.
    str::from_utf8(elements(ptr, len)).expect("UTF-8")
}

/// Copied into a block from `alloc`, because a `Vec` has another alignment and often more room than it needs.
fn give<T: Copy>(values: &[T]) -> u64 {
    let block = alloc(mem::size_of_val(values));
    // SAFETY: the block has the size and the alignment, and is new.
    unsafe { ptr::copy_nonoverlapping(values.as_ptr(), block.cast(), values.len()) };
    (block as u64) << 32 | values.len() as u64
}

#[no_mangle]
pub unsafe extern "C" fn greet(ptr: *const u8, len: usize) -> u64 {
    give(format!("Hello, {}!", text(ptr, len)).as_bytes())
}

/// The other habit: what came in belongs to the guest from then on, as if it had rebuilt a `Vec` from it.
#[no_mangle]
pub unsafe extern "C" fn greet_take(ptr: *mut u8, len: usize) -> u64 {
    let greeting = greet(ptr, len);
    dealloc(ptr, len);
    greeting
}

#[no_mangle]
pub unsafe extern "C" fn echo(ptr: *const u8, len: usize) -> u64 {
    give(text(ptr, len).as_bytes())
}

#[no_mangle]
pub unsafe extern "C" fn count(ptr: *const u8, len: usize) -> u32 {
    text(ptr, len).chars().count() as u32
}

#[no_mangle]
pub unsafe extern "C" fn reverse(ptr: *const u8, len: usize) -> u64 {
    let mut bytes = elements(ptr, len).to_vec();
    bytes.reverse();
    give(&bytes)
}

#[no_mangle]
pub unsafe extern "C" fn sum(ptr: *const i64, len: usize) -> i64 {
    elements(ptr, len).iter().fold(0, |sum, value| sum.wrapping_add(*value))
}

#[no_mangle]
pub unsafe extern "C" fn scale(ptr: *const f64, len: usize, by: f64) -> u64 {
    let scaled: Vec<f64> = elements(ptr, len).iter().map(|value| value * by).collect();
    give(&scaled)
}

#[derive(Deserialize)]
struct Request<'a> {
    // Not a plain &str: a name with escapes cannot be borrowed from its JSON.
    #[serde(borrow)]
    name: Cow<'a, str>,
    num: i32,
}

#[derive(Serialize)]
struct Answer<'a> {
    names: Vec<&'a str>,
}

#[no_mangle]
pub unsafe extern "C" fn repeat(ptr: *const u8, len: usize) -> u64 {
    let request: Request = serde_json::from_slice(elements(ptr, len)).expect("a request");
    let num = usize::try_from(request.num).expect("num is not negative");
    let names = iter::repeat(&*request.name).take(num).collect();
    give(&serde_json::to_vec(&Answer { names }).expect("JSON"))
}

#[no_mangle]
pub unsafe extern "C" fn shout(ptr: *const u8, len: usize) {
    let message = format!("{}!", text(ptr, len));
    env::log(message.as_ptr(), message.len());
}

#[no_mangle]
pub unsafe extern "C" fn ask(ptr: *const u8, len: usize) -> u64 {
    // Checked before the host sees it, so that both ways are UTF-8.
    let question = text(ptr, len);
    let packed = env::answer(question.as_ptr(), question.len());
    let (ptr, len) = ((packed >> 32) as usize as *mut u8, packed as u32 as usize);
    let said = format!("You said: {}", text(ptr, len));
    // The host took this block from `alloc` for us: it is ours.
    dealloc(ptr, len);
    give(said.as_bytes())
}

#[no_mangle]
pub extern "C" fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

#[no_mangle]
pub unsafe extern "C" fn fail(ptr: *const u8, len: usize) -> u64 {
    panic!("told to fail: {}", text(ptr, len))
}
