/** What a command has of the world around it. */
export interface Context {
  /** The repository's root. */
  root: string;
  version: string;
  env: Readonly<Record<string, string | undefined>>;
  /** A line of the answer. */
  print: (line: string) => void;
  /** A sentence about how it goes. */
  say: (sentence: string) => void;
  /** Lets go of whoever started this process, where `up --detach` did. */
  detached: DetachedParent | undefined;
}

/** Who waits in the terminal for a supervisor in the background to be up. */
export interface DetachedParent {
  tell: (line: string) => void;
  /** It is up: the parent may go. */
  release(): void;
}
