/**
 * Whether a number names one process or group that may be signalled. 0 and 1, and what is no number, must never get there: their
 * negative means our own group, or every process of the account.
 */
export const maySignal = (pid: number): boolean => Number.isSafeInteger(pid) && pid > 1;
