/** Words and signs that a document may have. The longest of our own has some 400; parsing a megabyte of them would keep others waiting. */
export const maxTokens = 10_000;
