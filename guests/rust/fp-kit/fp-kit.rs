//! The kit as fp-bindgen would have made it, by hand: numbers as they are, the rest MessagePack behind a fat pointer.
//! Who receives a payload frees it: the guest its arguments and the host's answers, the host the guest's.

use std::alloc::{self, Layout};
use std::sync::atomic::{AtomicI32, Ordering::Relaxed};
use std::{iter, slice, str};

/// `ptr << 32 | len`. The length has 24 bits; the 8 between the two are reserved and have to be 0.
type FatPtr = u64;

mod fp {
    #[link(wasm_import_module = "fp")]
    extern "C" {
        pub fn __fp_gen_log(message: u64);
        pub fn __fp_gen_answer(question: u64) -> u64;
    }
}

const ALIGN: usize = 16;
const MAX_LEN: usize = 0xff_ffff;

static BLOCKS: AtomicI32 = AtomicI32::new(0);
static BYTES: AtomicI32 = AtomicI32::new(0);

fn layout(len: usize) -> Layout {
    assert!(len <= MAX_LEN, "a payload of {len} bytes");
    // No payload is empty, but a host may ask for nothing, which Rust's allocator must not be asked for.
    Layout::from_size_align(len.max(1), ALIGN).expect("a size that fits into memory")
}

fn parts(fat: FatPtr) -> (*mut u8, usize) {
    ((fat >> 32) as usize as *mut u8, fat as u32 as usize)
}

#[no_mangle]
pub extern "C" fn __fp_malloc(len: u32) -> FatPtr {
    let layout = layout(len as usize);
    // SAFETY: the size is not zero.
    let block = unsafe { alloc::alloc(layout) };
    if block.is_null() {
        alloc::handle_alloc_error(layout);
    }
    BLOCKS.fetch_add(1, Relaxed);
    BYTES.fetch_add(len as i32, Relaxed);
    (block as u64) << 32 | u64::from(len)
}

/// # Safety
/// The block is one that `__fp_malloc` gave out, with the length that it had then.
#[no_mangle]
pub unsafe extern "C" fn __fp_free(fat: FatPtr) {
    let (ptr, len) = parts(fat);
    BLOCKS.fetch_sub(1, Relaxed);
    BYTES.fetch_sub(len as i32, Relaxed);
    alloc::dealloc(ptr, layout(len));
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

/// As much of MessagePack as the kit's values need, in every width that a writer may choose for them.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> &'a [u8] {
        assert!(count <= self.0.len(), "the payload ends too early");
        let (bytes, rest) = self.0.split_at(count);
        self.0 = rest;
        bytes
    }

    fn byte(&mut self) -> u8 {
        self.bytes(1)[0]
    }

    fn big_endian(&mut self, width: usize) -> u64 {
        self.bytes(width).iter().fold(0, |value, byte| value << 8 | u64::from(*byte))
    }

    fn signed(&mut self, width: usize) -> i64 {
        let unused = 64 - 8 * width as u32;
        (self.big_endian(width) << unused) as i64 >> unused
    }

    fn integer(&mut self) -> i64 {
        match self.byte() {
            small @ 0x00..=0x7f => i64::from(small),
            small @ 0xe0..=0xff => i64::from(small as i8),
            width @ 0xcc..=0xce => self.big_endian(1 << (width - 0xcc)) as i64,
            0xcf => i64::try_from(self.big_endian(8)).expect("an s64"),
            width @ 0xd0..=0xd3 => self.signed(1 << (width - 0xd0)),
            other => panic!("{other:#x} is no integer"),
        }
    }

    fn float(&mut self) -> f64 {
        match self.0.first() {
            Some(0xca) => {
                self.byte();
                f64::from(f32::from_bits(self.big_endian(4) as u32))
            }
            Some(0xcb) => {
                self.byte();
                f64::from_bits(self.big_endian(8))
            }
            // A writer without a type at hand sends 2.0 as 2.
            _ => self.integer() as f64,
        }
    }

    fn text(&mut self) -> &'a str {
        let len = match self.byte() {
            short @ 0xa0..=0xbf => usize::from(short & 0x1f),
            width @ 0xd9..=0xdb => self.big_endian(1 << (width - 0xd9)) as usize,
            other => panic!("{other:#x} is no string"),
        };
        // A repaired text would hide that the host sent the wrong bytes.
        str::from_utf8(self.bytes(len)).expect("UTF-8")
    }

    fn array(&mut self) -> usize {
        match self.byte() {
            short @ 0x90..=0x9f => usize::from(short & 0x0f),
            width @ 0xdc..=0xdd => self.big_endian(2 << (width - 0xdc)) as usize,
            other => panic!("{other:#x} is no array"),
        }
    }

    fn map(&mut self) -> usize {
        match self.byte() {
            short @ 0x80..=0x8f => usize::from(short & 0x0f),
            width @ 0xde..=0xdf => self.big_endian(2 << (width - 0xde)) as usize,
            other => panic!("{other:#x} is no map"),
        }
    }

    /// Bytes come as such, or as the array of numbers that a list of any other type would be.
    fn octets(&mut self) -> Vec<u8> {
        if let Some(width @ 0xc4..=0xc6) = self.0.first().copied() {
            self.byte();
            let len = self.big_endian(1 << (width - 0xc4)) as usize;
            return self.bytes(len).to_vec();
        }
        (0..self.array()).map(|_| u8::try_from(self.integer()).expect("a u8")).collect()
    }
}

#[derive(Default)]
struct Writer(Vec<u8>);

impl Writer {
    /// The shortest form that holds the length, as MessagePack asks for.
    fn head(&mut self, len: usize, short: Option<(u8, usize)>, forms: [Option<u8>; 3]) {
        let bytes = (len as u32).to_be_bytes();
        match (short, forms) {
            (Some((tag, max)), _) if len <= max => self.0.push(tag | len as u8),
            (_, [Some(tag), ..]) if len <= 0xff => self.0.extend([tag, bytes[3]]),
            (_, [_, Some(tag), _]) if len <= 0xffff => self.0.extend([tag, bytes[2], bytes[3]]),
            (_, [.., tag]) => {
                self.0.extend(tag);
                self.0.extend(bytes);
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.head(text.len(), Some((0xa0, 31)), [Some(0xd9), Some(0xda), Some(0xdb)]);
        self.0.extend(text.as_bytes());
    }

    fn octets(&mut self, bytes: &[u8]) {
        self.head(bytes.len(), None, [Some(0xc4), Some(0xc5), Some(0xc6)]);
        self.0.extend(bytes);
    }

    fn array(&mut self, len: usize) {
        self.head(len, Some((0x90, 15)), [None, Some(0xdc), Some(0xdd)]);
    }

    fn map(&mut self, len: usize) {
        self.head(len, Some((0x80, 15)), [None, Some(0xde), Some(0xdf)]);
    }

    fn float(&mut self, value: f64) {
        self.0.push(0xcb);
        self.0.extend(value.to_be_bytes());
    }

    fn give(self) -> FatPtr {
        assert!(self.0.len() <= MAX_LEN, "a payload of {} bytes", self.0.len());
        let fat = __fp_malloc(self.0.len() as u32);
        // SAFETY: the block is new, and has that length.
        unsafe { self.0.as_ptr().copy_to_nonoverlapping(parts(fat).0, self.0.len()) };
        fat
    }
}

fn give_text(text: &str) -> FatPtr {
    let mut writer = Writer::default();
    writer.text(text);
    writer.give()
}

/// # Safety
/// Here and below: the payload is a block from `__fp_malloc`, and this call its only user from now on.
unsafe fn take<T>(fat: FatPtr, read: impl FnOnce(&mut Reader) -> T) -> T {
    let (ptr, len) = parts(fat);
    assert!(len <= MAX_LEN, "reserved bits of a fat pointer are set");
    let mut reader = Reader(slice::from_raw_parts(ptr, len));
    let value = read(&mut reader);
    assert!(reader.0.is_empty(), "{} bytes after the value", reader.0.len());
    __fp_free(fat);
    value
}

unsafe fn take_text(fat: FatPtr) -> String {
    take(fat, |reader| reader.text().to_owned())
}

#[no_mangle]
pub unsafe extern "C" fn __fp_gen_greet(name: FatPtr) -> FatPtr {
    give_text(&format!("Hello, {}!", take_text(name)))
}

#[no_mangle]
pub unsafe extern "C" fn __fp_gen_echo(text: FatPtr) -> FatPtr {
    give_text(&take_text(text))
}

#[no_mangle]
pub unsafe extern "C" fn __fp_gen_count(text: FatPtr) -> u32 {
    take_text(text).chars().count() as u32
}

#[no_mangle]
pub unsafe extern "C" fn __fp_gen_reverse(bytes: FatPtr) -> FatPtr {
    let mut bytes = take(bytes, |reader| reader.octets());
    bytes.reverse();
    let mut writer = Writer::default();
    writer.octets(&bytes);
    writer.give()
}

#[no_mangle]
pub unsafe extern "C" fn __fp_gen_sum(values: FatPtr) -> i64 {
    take(values, |reader| (0..reader.array()).fold(0i64, |sum, _| sum.wrapping_add(reader.integer())))
}

#[no_mangle]
pub unsafe extern "C" fn __fp_gen_scale(values: FatPtr, by: f64) -> FatPtr {
    let mut writer = Writer::default();
    take(values, |reader| {
        let len = reader.array();
        writer.array(len);
        (0..len).for_each(|_| writer.float(reader.float() * by));
    });
    writer.give()
}

#[no_mangle]
pub unsafe extern "C" fn __fp_gen_repeat(request: FatPtr) -> FatPtr {
    let (name, num) = take(request, |reader| {
        let (mut name, mut num) = (None, None);
        for _ in 0..reader.map() {
            match reader.text() {
                "name" => name = Some(reader.text().to_owned()),
                "num" => num = Some(reader.integer()),
                other => panic!("an unknown field: {other}"),
            }
        }
        (name.expect("name"), num.expect("num"))
    });
    let num = usize::try_from(i32::try_from(num).expect("an s32")).expect("num is not negative");

    let mut writer = Writer::default();
    writer.map(1);
    writer.text("names");
    writer.array(num);
    iter::repeat(&name).take(num).for_each(|name| writer.text(name));
    writer.give()
}

#[no_mangle]
pub unsafe extern "C" fn __fp_gen_shout(text: FatPtr) {
    fp::__fp_gen_log(give_text(&format!("{}!", take_text(text))));
}

#[no_mangle]
pub unsafe extern "C" fn __fp_gen_ask(question: FatPtr) -> FatPtr {
    let answer = fp::__fp_gen_answer(give_text(&take_text(question)));
    give_text(&format!("You said: {}", take_text(answer)))
}

#[no_mangle]
pub extern "C" fn __fp_gen_add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}

#[no_mangle]
pub unsafe extern "C" fn __fp_gen_fail(text: FatPtr) -> FatPtr {
    panic!("told to fail: {}", take_text(text))
}
