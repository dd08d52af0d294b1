//! The types of kit.wit.

use crate::canonical::{List, Opt, Text};

#[repr(u8)]
#[derive(Clone, Copy)]
#[allow(dead_code)]
pub enum Level {
    Debug,
    Info,
    Warn,
}

#[repr(u8)]
#[allow(dead_code)]
pub enum Color {
    Red,
    Green,
    Blue,
}

#[repr(C, u8)]
#[allow(dead_code)]
pub enum Refusal {
    Empty,
    TooLong(u32),
    Other(Text),
}

#[repr(C)]
pub struct Entry {
    pub id: u32,
    pub name: Text,
    pub price: f64,
}

#[repr(C)]
pub struct Pair<A, B>(pub A, pub B);

#[repr(C)]
pub struct Triple<A, B, C>(pub A, pub B, pub C);

#[repr(C)]
pub struct Large {
    a: bool,
    b: i8,
    c: u8,
    d: i16,
    e: u16,
    f: i32,
    g: u32,
    h: i64,
    i: u64,
    j: f32,
    k: f64,
    l: char,
    m: Text,
    n: List<u32>,
    o: Opt<u8>,
    p: Level,
    q: Pair<u8, u64>,
}

#[repr(C)]
pub struct Arrays {
    bools: List<bool>,
    s8s: List<i8>,
    u8s: List<u8>,
    s16s: List<i16>,
    u16s: List<u16>,
    s32s: List<i32>,
    u32s: List<u32>,
    s64s: List<i64>,
    u64s: List<u64>,
    f32s: List<f32>,
    f64s: List<f64>,
    chars: List<char>,
}

#[repr(C)]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

#[repr(C)]
pub struct Line {
    pub start: Point,
    pub end: Point,
    pub label: Text,
}

#[repr(C)]
pub struct Ten {
    pub a: bool,
    pub b: u8,
    pub c: i16,
    pub d: u32,
    pub e: i64,
    pub f: f32,
    pub g: f64,
    pub h: char,
    pub i: Text,
    pub j: List<u8>,
}

#[repr(C, u8)]
pub enum Shape {
    Dot,
    Circle(f32),
    Square(u64),
    Label(Text),
    Polygon(List<Point>),
    Named(Pair<Text, Point>),
}

#[repr(C)]
pub struct Holding {
    pub account: u32,
    pub label: Text,
}
