/* The program behind main(): from the command line to the exit code. */
#ifndef UEMSYNC_CLI_CLI_H
#define UEMSYNC_CLI_CLI_H

/* Runs one command. Results go to standard output, everything else to standard error. Returns the
 * exit code, but for that of a signal. */
int cli_main(int argc, char **argv);

#endif
