const std = @import("std");

const allocator = std.heap.wasm_allocator;

/// The host asks for memory here before it writes an argument.
export fn alloc(size: usize) [*]align(8) u8 {
    const block = allocator.alignedAlloc(u8, .@"8", @max(size, 1)) catch @trap();
    return block.ptr;
}

/// The host frees arguments and results here.
export fn dealloc(ptr: [*]align(8) u8, size: usize) void {
    allocator.free(ptr[0..@max(size, 1)]);
}

/// A result is pointer << 32 | length, in memory that the host frees.
fn given(ptr: [*]u8, len: usize) u64 {
    return @as(u64, @intFromPtr(ptr)) << 32 | len;
}

export fn greet(name: [*]const u8, len: usize) u64 {
    const answer = alloc(len + 8);
    @memcpy(answer[0..7], "Hello, ");
    @memcpy(answer[7 .. 7 + len], name[0..len]);
    answer[7 + len] = '!';
    return given(answer, len + 8);
}

export fn reverse(bytes: [*]const u8, len: usize) u64 {
    const back = alloc(len);
    for (0..len) |i| back[i] = bytes[len - 1 - i];
    return given(back, len);
}
