use std::alloc::{alloc as allocate, dealloc as release, Layout};

/// The host asks for memory here before it writes an argument.
#[no_mangle]
pub unsafe extern "C" fn alloc(size: usize) -> *mut u8 {
    allocate(Layout::from_size_align_unchecked(size.max(1), 8))
}

/// The host frees arguments and results here.
#[no_mangle]
pub unsafe extern "C" fn dealloc(ptr: *mut u8, size: usize) {
    release(ptr, Layout::from_size_align_unchecked(size.max(1), 8))
}

/// A result is pointer << 32 | length, in memory that the host frees.
unsafe fn given(bytes: &[u8]) -> u64 {
    let ptr = alloc(bytes.len());
    std::ptr::copy_nonoverlapping(bytes.as_ptr(), ptr, bytes.len());
    (ptr as u64) << 32 | bytes.len() as u64
}

#[no_mangle]
pub unsafe extern "C" fn greet(name: *const u8, len: usize) -> u64 {
    let name = std::str::from_utf8_unchecked(std::slice::from_raw_parts(name, len));
    given(format!("Hello, {name}!").as_bytes())
}

#[no_mangle]
pub unsafe extern "C" fn reverse(bytes: *const u8, len: usize) -> u64 {
    let mut back = std::slice::from_raw_parts(bytes, len).to_vec();
    back.reverse();
    given(&back)
}
