//! The canonical ABI as Rust has it: types that lie in memory just as the values of WIT do, and own their blocks.
//!
//! What comes in is taken over as it lies, and what goes out is a `Box` that the host's post-return call drops. That
//! bools, chars, tags and texts are valid is the host's duty by the canonical ABI.

use std::alloc::{self, GlobalAlloc, Layout, System};
use std::mem::{self, ManuallyDrop};
use std::ops::Deref;
use std::sync::atomic::{AtomicI32, Ordering::Relaxed};
use std::{ptr, str};

struct Counting;

static LIVE: AtomicI32 = AtomicI32::new(0);

pub fn live() -> i32 {
    LIVE.load(Relaxed)
}

// SAFETY: the system's allocator does all of it.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(1, Relaxed);
        System.alloc(layout)
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        LIVE.fetch_sub(1, Relaxed);
        System.dealloc(block, layout);
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        System.realloc(block, layout, size)
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[export_name = "cabi_realloc"]
unsafe extern "C" fn realloc(old: *mut u8, old_size: usize, align: usize, size: usize) -> *mut u8 {
    let layout = |size| Layout::from_size_align(size, align).expect("a size that fits into memory");
    // Rust's allocator must not be asked for nothing: what is empty has an address that is not read.
    let block = match (old_size, size) {
        (0, 0) => return align as *mut u8,
        (0, size) => alloc::alloc(layout(size)),
        (old_size, 0) => {
            alloc::dealloc(old, layout(old_size));
            return align as *mut u8;
        }
        (old_size, size) => alloc::realloc(old, layout(old_size), size),
    };
    if block.is_null() {
        alloc::handle_alloc_error(layout(size));
    }
    block
}

/// `list<T>`: a block of just its size, empty or not.
#[repr(C)]
pub struct List<T> {
    ptr: *mut T,
    len: usize,
}

impl<T> List<T> {
    /// # Safety
    /// The block is one from `realloc`, holds that many values, and has no other owner.
    pub unsafe fn of(ptr: *mut T, len: usize) -> Self {
        List { ptr, len }
    }

    pub fn into_vec(self) -> Vec<T> {
        let list = ManuallyDrop::new(self);
        if list.len == 0 {
            return Vec::new();
        }
        // SAFETY: the block is as large as the list is long.
        unsafe { Vec::from_raw_parts(list.ptr, list.len, list.len) }
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(values: Vec<T>) -> Self {
        let values = Box::leak(values.into_boxed_slice());
        List { ptr: values.as_mut_ptr(), len: values.len() }
    }
}

impl<T> Drop for List<T> {
    fn drop(&mut self) {
        drop(mem::replace(self, List { ptr: ptr::null_mut(), len: 0 }).into_vec());
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        // SAFETY: as many as it is long; there is no slice at address 0, so an empty one is made here.
        if self.len == 0 { &[] } else { unsafe { std::slice::from_raw_parts(self.ptr, self.len) } }
    }
}

/// `string`.
#[repr(transparent)]
pub struct Text(List<u8>);

impl Text {
    /// # Safety
    /// As for a list of bytes.
    pub unsafe fn of(ptr: *mut u8, len: usize) -> Self {
        Text(List::of(ptr, len))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Text(text.into_bytes().into())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        String::from(text).into()
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        // SAFETY: the host gives UTF-8, and so does a String.
        unsafe { str::from_utf8_unchecked(&self.0) }
    }
}

/// `option<T>`: Rust's own has no layout that one may rely on.
#[repr(C, u8)]
pub enum Opt<T> {
    None,
    Some(T),
}

impl<T> From<Option<T>> for Opt<T> {
    fn from(option: Option<T>) -> Self {
        option.map_or(Opt::None, Opt::Some)
    }
}

/// `result<T, E>`.
#[repr(C, u8)]
pub enum Res<T, E> {
    Ok(T),
    Err(E),
}

impl<T, E> From<Result<T, E>> for Res<T, E> {
    fn from(result: Result<T, E>) -> Self {
        result.map_or_else(Res::Err, Res::Ok)
    }
}

/// Calls a function of the host that writes its result to a given address.
pub unsafe fn received<T>(call: impl FnOnce(*mut T)) -> T {
    let mut area = mem::MaybeUninit::uninit();
    call(area.as_mut_ptr());
    area.assume_init()
}

/// Exports functions of the api: `->` for a result that is one number, `=>` for one that lies in memory.
#[macro_export]
macro_rules! api {
    () => {};
    ($name:literal $function:ident($($arg:ident: $type:ty),*) $(-> $result:ty)? $body:block $($rest:tt)*) => {
        #[export_name = concat!("demo:kit/api#", $name)]
        unsafe extern "C" fn $function($($arg: $type),*) $(-> $result)? $body
        $crate::api! { $($rest)* }
    };
    ($name:literal $function:ident($($arg:ident: $type:ty),*) => $result:ty $body:block $($rest:tt)*) => {
        #[export_name = concat!("demo:kit/api#", $name)]
        unsafe extern "C" fn $function($($arg: $type),*) -> Box<$result> {
            Box::new((|| -> $result { $body })())
        }
        const _: () = {
            #[export_name = concat!("cabi_post_demo:kit/api#", $name)]
            extern "C" fn post_return(result: Box<$result>) {
                drop(result);
            }
        };
        $crate::api! { $($rest)* }
    };
}
