/** Text in lines of so many columns; a word that is wider than a line is cut, so that nothing runs out of the terminal. */
export function wrapped(text: string, width: number, indent: number, hang: number): readonly string[] {
  const lines: string[] = [];
  let line = " ".repeat(indent);
  let isEmpty = true;
  const end = () => {
    lines.push(line.trimEnd());
    line = " ".repeat(hang);
    isEmpty = true;
  };
  for (const word of text.split(" ")) {
    let rest = word;
    if (!isEmpty && line.length + 1 + rest.length > width) end();
    while (rest.length > width - line.length - (isEmpty ? 0 : 1)) {
      const room = width - line.length;
      line += rest.slice(0, room);
      rest = rest.slice(room);
      end();
    }
    line += isEmpty ? rest : ` ${rest}`;
    isEmpty = false;
  }
  end();
  return lines;
}
