# Room on the shadow stack for a host's return area. Rust cannot name the stack pointer, only the linker can.
	.globaltype	__stack_pointer, i32

	.section	.text.__wbindgen_add_to_stack_pointer,"",@
	.globl	__wbindgen_add_to_stack_pointer
	.type	__wbindgen_add_to_stack_pointer,@function
__wbindgen_add_to_stack_pointer:
	.functype	__wbindgen_add_to_stack_pointer (i32) -> (i32)
	local.get	0
	global.get	__stack_pointer
	i32.add
	global.set	__stack_pointer
	global.get	__stack_pointer
	end_function
