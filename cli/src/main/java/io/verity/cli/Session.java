package io.verity.cli;

/**
 * What every command is given.
 *
 * @param terminal where it prints
 * @param interrupt whom it tells when it can be stopped
 */
record Session(Terminal terminal, Interrupt interrupt) {}
