// A WASI reactor: the host calls _initialize, then functions.
package main

import "unsafe"

// The collector frees what nothing refers to, and it does not see the host: this map keeps what the host holds.
var held = map[uint32][]byte{}

func address(block []byte) uint32 {
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(block))))
}

// The host asks for memory here before it writes an argument.
//
//go:wasmexport malloc
func malloc(size uint32) uint32 {
	block := make([]byte, size, size+1) // at least one byte, so that each block has an address of its own
	held[address(block)] = block
	return address(block)
}

// The host frees arguments and results here.
//
//go:wasmexport free
func free(ptr uint32) {
	delete(held, ptr)
}

// A result is pointer << 32 | length, in memory that the host frees.
func given(bytes []byte) uint64 {
	ptr := malloc(uint32(len(bytes)))
	copy(held[ptr], bytes)
	return uint64(ptr)<<32 | uint64(len(bytes))
}

//go:wasmexport greet
func greet(name unsafe.Pointer, length uint32) uint64 {
	return given([]byte("Hello, " + unsafe.String((*byte)(name), length) + "!"))
}

//go:wasmexport reverse
func reverse(bytes unsafe.Pointer, length uint32) uint64 {
	back := make([]byte, length)
	for i, b := range unsafe.Slice((*byte)(bytes), length) {
		back[len(back)-1-i] = b
	}
	return given(back)
}

func main() {}
