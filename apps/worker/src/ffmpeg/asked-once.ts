/** A question about a program that is asked once a process; one that could not be answered is asked again. */
export function askedOnce<T>(ask: (program: string) => Promise<T>): (program: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return async (program) => {
    const answer = answers.get(program) ?? ask(program);
    answers.set(program, answer);
    try {
      return await answer;
    } catch (error) {
      answers.delete(program);
      throw error;
    }
  };
}
