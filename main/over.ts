/** Reason given when a signal only says that something has ended. Without one, each abort would make an exception with a stack. */
export const over = "over";
