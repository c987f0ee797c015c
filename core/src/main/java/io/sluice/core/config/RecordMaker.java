package io.sluice.core.config;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup.ClassOption;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a hidden class that calls the canonical constructor of a record with the elements of an array.
 *
 * <p>A method handle would say the same in one line, but for each list of types the JVM writes several classes to run it: for
 * 20 records 190 ms of start-up instead of 45, and 330 instead of 50 with all compilers on; an AOT cache helps this way only.
 */
final class RecordMaker {

    private static final MethodType NEW = MethodType.methodType(Object.class);
    private static final MethodTypeDesc APPLY = MethodTypeDesc.of(CD_Object, CD_Object);

    private RecordMaker() {}

    /**
     * A function from the components' values to the record; it throws what the constructor throws.
     *
     * @throws IllegalAccessException if the lookup cannot see the record
     */
    static Function<@Nullable Object[], Object> of(MethodHandles.Lookup lookup, Class<?> type)
            throws IllegalAccessException {
        MethodHandles.Lookup home = home(lookup, type);
        ClassDesc name = ClassDesc.of(home.lookupClass().getPackageName(), type.getSimpleName() + "Maker");
        ClassOption[] options =
                home.lookupClass() == type ? new ClassOption[] {ClassOption.NESTMATE} : new ClassOption[0];
        MethodHandles.Lookup maker = home.defineHiddenClass(bytes(name, type), true, options);
        return instance(maker);
    }

    /** Beside a record of the plugin's own module, which need not be public; beside the plugin for one of a third module. */
    private static MethodHandles.Lookup home(MethodHandles.Lookup lookup, Class<?> type) throws IllegalAccessException {
        if (type.getModule() == lookup.lookupClass().getModule()) {
            return MethodHandles.privateLookupIn(type, lookup);
        }
        if (type.getModule() == RecordMaker.class.getModule() && Modifier.isPublic(type.getModifiers())) {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        }
        lookup.accessClass(type);
        return lookup;
    }

    private static byte[] bytes(ClassDesc name, Class<?> type) {
        return ClassFile.of()
                .build(
                        name,
                        maker -> maker.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
                                .withInterfaceSymbols(desc(Function.class))
                                .withMethodBody(
                                        INIT_NAME,
                                        MTD_void,
                                        0,
                                        code -> code.aload(0)
                                                .invokespecial(CD_Object, INIT_NAME, MTD_void)
                                                .return_())
                                .withMethodBody("apply", APPLY, ClassFile.ACC_PUBLIC, code -> apply(code, type)));
    }

    private static void apply(CodeBuilder code, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        ClassDesc[] types = new ClassDesc[components.length];
        code.aload(1).checkcast(CD_Object.arrayType()).astore(1);
        code.new_(desc(type)).dup();
        for (int i = 0; i < types.length; i++) {
            types[i] = desc(components[i].getType());
            code.aload(1).loadConstant(i).aaload();
            unwrap(code, types[i]);
        }
        code.invokespecial(desc(type), INIT_NAME, MethodTypeDesc.of(CD_void, types))
                .areturn();
    }

    private static void unwrap(CodeBuilder code, ClassDesc type) {
        if (type.equals(CD_int)) {
            unwrap(code, ConstantDescs.CD_Integer, "intValue", type);
        } else if (type.equals(CD_long)) {
            unwrap(code, ConstantDescs.CD_Long, "longValue", type);
        } else if (type.equals(CD_boolean)) {
            unwrap(code, ConstantDescs.CD_Boolean, "booleanValue", type);
        } else if (type.equals(CD_double)) {
            unwrap(code, ConstantDescs.CD_Double, "doubleValue", type);
        } else {
            code.checkcast(type);
        }
    }

    private static void unwrap(CodeBuilder code, ClassDesc box, String method, ClassDesc primitive) {
        code.checkcast(box).invokevirtual(box, method, MethodTypeDesc.of(primitive));
    }

    private static ClassDesc desc(Class<?> type) {
        return ClassDesc.ofDescriptor(type.descriptorString());
    }

    @SuppressWarnings("unchecked") // the class was written just above
    private static Function<@Nullable Object[], Object> instance(MethodHandles.Lookup maker) {
        try {
            Object made = (Object) maker.findConstructor(maker.lookupClass(), MethodType.methodType(void.class))
                    .asType(NEW)
                    .invokeExact();
            return (Function<@Nullable Object[], Object>) made;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot use the class written for " + maker.lookupClass(), e);
        }
    }
}
