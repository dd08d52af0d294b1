// The kit as Go has it: a WASI reactor, (ptr, len) in, ptr << 32 | len out, and the host frees both.
package main

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"
)

//go:wasmimport env log
func log(message string)

//go:wasmimport env answer
func answer(question string) uint64

// Only what this map holds is safe from the collector while only the host knows of it.
var blocks = map[uint32][]byte{}

// An address as the host sees it. Go's heap never moves, so it stays good for as long as the block lives.
func address(block []byte) uint32 {
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(block))))
}

func block(size int) []byte {
	// One byte at least: all empty slices share one address, and one of them would free the others.
	block := make([]byte, size, max(size, 1))
	blocks[address(block)] = block
	return block
}

//go:wasmexport malloc
func malloc(size uint32) uint32 {
	return address(block(int(size)))
}

//go:wasmexport free
func free(ptr uint32) {
	if _, ok := blocks[ptr]; !ok {
		panic("free of what malloc never gave")
	}
	delete(blocks, ptr)
}

//go:wasmexport live
func live() int32 {
	return int32(len(blocks))
}

// The pointer has to come as one: made from a number, it would not pass go vet.
func text(ptr unsafe.Pointer, size uint32) string {
	text := unsafe.String((*byte)(ptr), size)
	// Go's strings may hold anything: a repaired text would hide that the host sent the wrong bytes.
	if !utf8.ValidString(text) {
		panic("not UTF-8")
	}
	return text
}

func packed(block []byte) uint64 {
	return uint64(address(block))<<32 | uint64(len(block))
}

func give(parts ...string) uint64 {
	size := 0
	for _, part := range parts {
		size += len(part)
	}
	whole := block(size)
	at := 0
	for _, part := range parts {
		at += copy(whole[at:], part)
	}
	return packed(whole)
}

//go:wasmexport greet
func greet(ptr unsafe.Pointer, size uint32) uint64 {
	return give("Hello, ", text(ptr, size), "!")
}

//go:wasmexport echo
func echo(ptr unsafe.Pointer, size uint32) uint64 {
	return give(text(ptr, size))
}

//go:wasmexport count
func count(ptr unsafe.Pointer, size uint32) uint32 {
	return uint32(utf8.RuneCountInString(text(ptr, size)))
}

//go:wasmexport reverse
func reverse(ptr unsafe.Pointer, size uint32) uint64 {
	back := block(int(size))
	for i, value := range unsafe.Slice((*byte)(ptr), size) {
		back[int(size)-1-i] = value
	}
	return packed(back)
}

//go:wasmexport sum
func sum(ptr unsafe.Pointer, size uint32) int64 {
	total := int64(0)
	for _, value := range unsafe.Slice((*int64)(ptr), size) {
		total += value
	}
	return total
}

//go:wasmexport scale
func scale(ptr unsafe.Pointer, size uint32, by float64) uint64 {
	// Whole numbers of eight bytes, which Go aligns to eight.
	scaled := block(int(size) * 8)
	products := unsafe.Slice((*float64)(unsafe.Pointer(unsafe.SliceData(scaled))), size)
	for i, value := range unsafe.Slice((*float64)(ptr), size) {
		products[i] = value * by
	}
	return uint64(address(scaled))<<32 | uint64(size)
}

// By hand: with encoding/json the module would be nearly twice as large.
type reader struct {
	json string
}

var errJSON = errors.New("not a request")

func (r *reader) take(wanted string) bool {
	r.json = strings.TrimLeft(r.json, " \t\r\n")
	rest, found := strings.CutPrefix(r.json, wanted)
	r.json = rest
	return found
}

func (r *reader) expect(wanted string) {
	if !r.take(wanted) {
		panic(errJSON)
	}
}

// As it stands between the quotes: it goes out as JSON again, so its escapes may stay.
func (r *reader) quoted() string {
	r.expect(`"`)
	for i := 0; i < len(r.json); i++ {
		switch c := r.json[i]; {
		case c == '"':
			text := r.json[:i]
			r.json = r.json[i+1:]
			return text
		case c == '\\':
			i++
		case c < ' ':
			panic(errJSON)
		}
	}
	panic(errJSON)
}

func (r *reader) integer() int32 {
	r.take("")
	digits := 0
	for digits < len(r.json) && strings.IndexByte("-0123456789", r.json[digits]) >= 0 {
		digits++
	}
	value, err := strconv.ParseInt(r.json[:digits], 10, 32)
	// JSON has no 007, which Go would read.
	if err != nil || strconv.FormatInt(value, 10) != r.json[:digits] {
		panic(errJSON)
	}
	r.json = r.json[digits:]
	return int32(value)
}

//go:wasmexport repeat
func repeat(ptr unsafe.Pointer, size uint32) uint64 {
	json := reader{text(ptr, size)}
	name, num, named := "", int32(-1), false

	json.expect("{")
	for {
		key := json.quoted()
		json.expect(":")
		switch key {
		case "name":
			name, named = json.quoted(), true
		case "num":
			num = json.integer()
		default:
			panic(errJSON)
		}
		if !json.take(",") {
			break
		}
	}
	json.expect("}")
	if json.take(""); json.json != "" || !named || num < 0 {
		panic(errJSON)
	}

	names := strings.TrimSuffix(strings.Repeat(`"`+name+`",`, int(num)), ",")
	return give(`{"names":[`, names, "]}")
}

//go:wasmexport shout
func shout(ptr unsafe.Pointer, size uint32) {
	log(text(ptr, size) + "!")
}

//go:wasmexport ask
func ask(ptr unsafe.Pointer, size uint32) uint64 {
	packed := answer(text(ptr, size))
	at, length := uint32(packed>>32), uint32(packed)
	said := give("You said: ", string(blocks[at][:length]))
	// The host took this block from malloc for us: it is ours.
	free(at)
	return said
}

//go:wasmexport add
func add(a, b int32) int32 {
	return a + b
}

//go:wasmexport fail
func fail(ptr unsafe.Pointer, size uint32) uint64 {
	panic("told to fail: " + text(ptr, size))
}

// A reactor never runs it, but Go wants one.
func main() {}
