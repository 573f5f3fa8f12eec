/**
 * The answer of a command on standard output: one JSON object on one line when it was asked for or is read by a program, else text.
 * Everything else that a command says goes to standard error.
 */
export function printAnswer(answer: unknown, options: { json: boolean; text: () => string }): void {
  const asJson = options.json || !process.stdout.isTTY;
  process.stdout.write(`${asJson ? JSON.stringify(answer) : options.text()}\n`);
}
