declare const signature: unique symbol;

/**
 * The text of a GraphQL operation that knows, for the compiler alone, what it takes and what it answers.
 * At run time a plain string: it needs no graphql-js, and what a bundle does not use falls away.
 */
export type TypedDocument<Result, Variables> = string & {
  readonly [signature]: (variables: Variables) => Result;
};

/** What an operation answers: `ResultOf<typeof StudyPageDocument>`. */
export type ResultOf<Document> = Document extends TypedDocument<infer Result, never> ? Result : never;

/** What an operation takes. */
export type VariablesOf<Document> = Document extends TypedDocument<unknown, infer Variables> ? Variables : never;
