//! The kit as Zig has it: `(ptr, len)` in, `ptr << 32 | len` out, a free that takes the size; the host frees both.
const std = @import("std");

const env = struct {
    extern "env" fn log(ptr: [*]const u8, len: usize) void;
    extern "env" fn answer(ptr: [*]const u8, len: usize) u64;
};

/// Enough for every number, since the size alone does not say what the block is for.
const alignment: std.mem.Alignment = .@"8";
const Block = []align(8) u8;

const allocator = std.heap.wasm_allocator;

var live_blocks: i32 = 0;
var live_sizes: i32 = 0;

fn take(size: usize) Block {
    // Zig's allocators never fail for nothing: they give the last address there is, which no memory reaches.
    const block = allocator.alignedAlloc(u8, alignment, size) catch @trap();
    if (size == 0) return block;
    live_blocks += 1;
    live_sizes += @intCast(size);
    return block;
}

fn drop(block: Block) void {
    if (block.len == 0) return;
    live_blocks -= 1;
    live_sizes -= @intCast(block.len);
    allocator.free(block);
}

export fn alloc(size: usize) [*]align(8) u8 {
    return take(size).ptr;
}

export fn dealloc(ptr: [*]align(8) u8, size: usize) void {
    drop(ptr[0..size]);
}

export fn live() i32 {
    return live_blocks;
}

/// Not zero although no block is live: somebody freed with another size than was asked for.
export fn live_bytes() i32 {
    return live_sizes;
}

fn packed_slice(ptr: [*]align(8) const u8, len: usize) u64 {
    return @as(u64, @intFromPtr(ptr)) << 32 | len;
}

fn give(parts: []const []const u8) u64 {
    var size: usize = 0;
    for (parts) |part| size += part.len;
    const whole = take(size);
    var at: usize = 0;
    for (parts) |part| {
        @memcpy(whole[at..][0..part.len], part);
        at += part.len;
    }
    return packed_slice(whole.ptr, whole.len);
}

/// A repaired text would hide that the host sent the wrong bytes.
fn text(ptr: [*]allowzero const u8, len: usize) []const u8 {
    // A host need not have an address for nothing, and Zig has no slice at address 0.
    if (len == 0) return "";
    const bytes = @as([*]const u8, @ptrCast(ptr))[0..len];
    if (!std.unicode.utf8ValidateSlice(bytes)) @trap();
    return bytes;
}

export fn greet(ptr: [*]allowzero const u8, len: usize) u64 {
    return give(&.{ "Hello, ", text(ptr, len), "!" });
}

export fn echo(ptr: [*]allowzero const u8, len: usize) u64 {
    return give(&.{text(ptr, len)});
}

export fn count(ptr: [*]allowzero const u8, len: usize) u32 {
    return @intCast(std.unicode.utf8CountCodepoints(text(ptr, len)) catch @trap());
}

export fn reverse(ptr: [*]allowzero const u8, len: usize) u64 {
    const back = take(len);
    for (0..len) |i| back[i] = ptr[len - 1 - i];
    return packed_slice(back.ptr, len);
}

export fn sum(ptr: [*]allowzero const i64, len: usize) i64 {
    var total: i64 = 0;
    for (0..len) |i| total +%= ptr[i];
    return total;
}

export fn scale(ptr: [*]allowzero const f64, len: usize, by: f64) u64 {
    const scaled = take(len * @sizeOf(f64));
    const products: [*]f64 = @ptrCast(scaled.ptr);
    for (0..len) |i| products[i] = ptr[i] * by;
    return packed_slice(scaled.ptr, len);
}

const Request = struct { name: []const u8, num: i32 };
const Answer = struct { names: []const []const u8 };

export fn repeat(ptr: [*]allowzero const u8, len: usize) u64 {
    var arena = std.heap.ArenaAllocator.init(allocator);
    defer arena.deinit();

    const request = std.json.parseFromSliceLeaky(Request, arena.allocator(), text(ptr, len), .{}) catch @trap();
    if (request.num < 0) @trap();
    const names = arena.allocator().alloc([]const u8, @intCast(request.num)) catch @trap();
    @memset(names, request.name);
    const answer = std.json.Stringify.valueAlloc(arena.allocator(), Answer{ .names = names }, .{}) catch @trap();
    return give(&.{answer});
}

export fn shout(ptr: [*]allowzero const u8, len: usize) void {
    const message = std.mem.concat(allocator, u8, &.{ text(ptr, len), "!" }) catch @trap();
    defer allocator.free(message);
    env.log(message.ptr, message.len);
}

export fn ask(ptr: [*]allowzero const u8, len: usize) u64 {
    const question = text(ptr, len);
    const packed_answer = env.answer(question.ptr, question.len);
    const size: usize = @truncate(packed_answer);
    const at: [*]allowzero const u8 = @ptrFromInt(@as(usize, @truncate(packed_answer >> 32)));
    const said = give(&.{ "You said: ", text(at, size) });
    // The host took this block from alloc for us: it is ours.
    if (size > 0) drop(@as([*]align(8) u8, @ptrCast(@alignCast(@constCast(at))))[0..size]);
    return said;
}

export fn add(a: i32, b: i32) i32 {
    return a +% b;
}

export fn fail(ptr: [*]allowzero const u8, len: usize) u64 {
    @panic(text(ptr, len));
}

/// Nothing to print to: std's own would bring all of its formatting with it.
pub const panic = std.debug.FullPanic(stop);

fn stop(_: []const u8, _: ?usize) noreturn {
    @trap();
}
