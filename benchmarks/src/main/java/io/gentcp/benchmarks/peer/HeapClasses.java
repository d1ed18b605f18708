package io.gentcp.benchmarks.peer;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.management.JMException;
import javax.management.ObjectName;

/** What is on the heap of this JVM, class by class. */
final class HeapClasses {

	private HeapClasses() {
	}

	/** Writes down what {@code jcmd GC.class_histogram} prints, after a collection. */
	static void write(Path file) throws IOException {
		try {
			Object printed = ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
						new Object[] { new String[0] }, new String[] { String[].class.getName() });
			Files.writeString(file, (String) printed);
		}
		catch (JMException ex) {
			throw new IOException("this JVM does not tell what is on its heap", ex);
		}
	}

}
