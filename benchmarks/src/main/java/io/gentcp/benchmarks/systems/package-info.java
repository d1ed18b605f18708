/**
 * The systems that are compared, each in one class that shows how it is set up.
 */
@NullMarked
package io.gentcp.benchmarks.systems;

import org.jspecify.annotations.NullMarked;
