//! Fails some frames deep, and is built with debug information: traps tell the lines below.
#![no_std]

mod shapes {
    pub struct Shape {
        pub sides: i32,
    }

    impl Shape {
        #[inline(never)]
        pub fn area(&self, of: i32) -> i32 {
            let all = of + 1;
            all / self.sides
        }
    }
}

#[inline(never)]
fn measure(shape: &shapes::Shape) -> i32 {
    let area = shape.area(7);
    area - 1
}

#[no_mangle]
pub extern "C" fn area(sides: i32) -> i32 {
    let shape = shapes::Shape { sides };

    measure(&shape)
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
