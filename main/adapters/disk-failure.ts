/** The code of a failed system call, such as `ENOENT`; empty for anything else. */
export const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

const words: Readonly<Record<string, string>> = {
  ENOSPC: "The disk is full.",
  EDQUOT: "The disk quota of this account is used up.",
  EFBIG: "The file would become larger than this account may write.",
  EROFS: "The disk is mounted read-only.",
  EACCES: "This account may not do that there (permission denied).",
  EPERM: "This account may not do that there (not permitted).",
  ENOENT: "The folder or file is not there.",
  ENOTDIR: "A part of the path is no folder.",
  EISDIR: "It is a folder.",
  ELOOP: "It is a symbolic link, or its links go round in a circle.",
  ENAMETOOLONG: "The path is too long.",
  EIO: "The disk could not do it (input/output error).",
  EMFILE: "Too many files are open.",
};

/** What went wrong on the disk, as a sentence. Only our own words and the code of the system: a message of it would quote paths. */
export function diskFailure(error: unknown): string {
  const code = codeOf(error);
  return words[code] ?? (code === "" ? "The disk could not do it." : `The disk could not do it (${code}).`);
}
