package dev.airlock.abi.placed;

import dev.airlock.abi.Plan;
import dev.airlock.abi.Scalars;
import dev.airlock.codegen.ClassData;
import dev.airlock.codegen.HiddenClass;
import dev.airlock.codegen.MethodCode;
import dev.airlock.payload.PayloadCodec;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Generates one hidden class for a plan, with one static method: the plan's registers are its local variables.
 *
 * <p>What the method needs and bytecode cannot name (guest functions, codecs, enum constants) is in the class data.
 */
final class CrossingCompiler {
    private final Plan plan;
    private final MethodType type;
    private final MethodVisitor code;
    private final MethodCode to;

    private CrossingCompiler(Plan plan, MethodType type, MethodVisitor code, ClassData data) {
        this.plan = plan;
        this.type = type;
        this.code = code;
        this.to = new MethodCode(code, data, plan.params());
    }

    /** {@code (Object guest, P…) -> R}, with the plan's registers for parameters and result, erased. */
    static MethodHandle compile(Plan plan, @Nullable PayloadCodec codec, GuestFunctions functions) {
        MethodType exact = javaType(plan);
        // Types that only the user's class loader knows must not stand in our bytecode.
        MethodType erased = MethodType.methodType(
                Scalars.erase(exact.returnType()),
                exact.parameterList().stream().map(Scalars::erase).toList());
        var made = new HiddenClass(MethodHandles.lookup(), "Crossing$Code");
        new CrossingCompiler(plan, erased, made.method("cross", erased), made.data()).method(codec, functions);
        return made.define("cross", erased, plan);
    }

    /** {@code (Object guest, P…) -> R}. */
    static MethodType javaType(Plan plan) {
        var params = new ArrayList<Class<?>>();
        params.add(Object.class);
        plan.params().forEach(p -> params.add(p.type()));
        return MethodType.methodType(
                plan.result() == null ? void.class : plan.result().type(), params);
    }

    private void method(@Nullable PayloadCodec codec, GuestFunctions functions) {
        code.visitCode();
        var emitter = new StepEmitter(plan, codec, functions, to);
        Label start = new Label();
        Label end = new Label();
        Label failed = new Label();
        emitter.prepare();
        code.visitTryCatchBlock(start, end, failed, "java/lang/Throwable");
        code.visitLabel(start);
        plan.steps().forEach(emitter::emit);
        if (plan.result() == null) {
            code.visitInsn(Opcodes.RETURN);
        } else {
            to.load(plan.result());
            code.visitInsn(Type.getType(type.returnType()).getOpcode(Opcodes.IRETURN));
        }
        code.visitLabel(end);
        code.visitLabel(failed);
        emitter.cleanUp();
        code.visitMaxs(0, 0);
        code.visitEnd();
    }
}
