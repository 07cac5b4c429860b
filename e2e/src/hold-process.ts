/** Stops a process until it is disposed of; it must still be there then. */
export function holdProcess(pid: number): Disposable {
  process.kill(pid, 'SIGSTOP');
  return { [Symbol.dispose]: () => void process.kill(pid, 'SIGCONT') };
}
