package io.verity.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;

/**
 * The stream that errors go to. The launcher hands the process's real stderr over as another descriptor, so that what the
 * virtual machine itself says at its start (it announces incubating modules) does not reach the user.
 */
final class StandardError {
    /** Names the descriptor that stands for stderr. */
    static final String PROPERTY = "verity.stderr";

    private StandardError() {}

    /**
     * The descriptor is used as it is. Opening {@code /dev/fd/3} instead would make a second file position, so that with
     * {@code > log 2>&1} the two streams would write over each other.
     *
     * @return the stream, unbuffered; descriptor 2 when no other was handed over or the platform does not let us use it
     */
    static OutputStream open() {
        Integer number = Integer.getInteger(PROPERTY);
        if (number != null) {
            try {
                Constructor<FileDescriptor> constructor = FileDescriptor.class.getDeclaredConstructor(int.class);
                constructor.setAccessible(true);
                FileOutputStream stream = new FileOutputStream(constructor.newInstance(number));
                stream.write(new byte[0]);
                return stream;
            } catch (ReflectiveOperationException | InaccessibleObjectException | java.io.IOException e) {
                // Fall through: errors then go where the virtual machine's own do.
            }
        }
        return new FileOutputStream(FileDescriptor.err);
    }
}
