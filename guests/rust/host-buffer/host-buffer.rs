//! Text through host calls: the guest owns the buffer, the host fills it and takes the answer.

mod host {
    #[link(wasm_import_module = "host")]
    extern "C" {
        pub fn get_input_size() -> i32;
        pub fn get_input(ptr: *mut u8);
        pub fn set_output(ptr: *const u8, len: usize);
    }
}

#[no_mangle]
pub extern "C" fn run() {
    // SAFETY: the host writes as many bytes as it has announced, and copies the answer before it returns.
    unsafe {
        // Through u32: a size above 2 GiB comes as a negative number.
        let size = host::get_input_size() as u32 as usize;
        let mut input = vec![0; size];
        host::get_input(input.as_mut_ptr());
        // A repaired text would hide that the host sent the wrong bytes.
        let text = String::from_utf8(input).unwrap_or_else(|_| panic!("the input is not UTF-8"));
        let answer = text.to_uppercase();
        host::set_output(answer.as_ptr(), answer.len());
    }
}
