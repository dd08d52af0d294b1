# Each function with a return pointer once more, with two results in its place: the area stays inside the guest.
	.globaltype	__stack_pointer, i32

# area: the number of the local that holds the area, right after the parameters.
	.macro	two_results name, area, params
	.functype	\name (i32, \params) -> ()
	.section	.text.\name\()_multi,"",@
	.globl	\name\()_multi
	.export_name	\name\()_multi, \name
	.type	\name\()_multi,@function
\name\()_multi:
	.functype	\name\()_multi (\params) -> (i32, i32)
	.local	i32
	global.get	__stack_pointer
	# 16 bytes, though 8 would do: the stack pointer is a multiple of 16 wherever a function starts.
	i32.const	16
	i32.sub
	local.tee	\area
	global.set	__stack_pointer
	local.get	\area
	local.get	0
	local.get	1
	.if	\area > 2
	local.get	2
	.endif
	call	\name
	local.get	\area
	i32.load	0
	local.get	\area
	i32.load	4
	local.get	\area
	i32.const	16
	i32.add
	global.set	__stack_pointer
	end_function
	.endm

	two_results	greet, 2, "i32, i32"
	two_results	echo, 2, "i32, i32"
	two_results	reverse, 2, "i32, i32"
	two_results	scale, 3, "i32, i32, f64"
	two_results	fail, 2, "i32, i32"
