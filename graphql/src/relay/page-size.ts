/** Rows of a page at most; what asks for more gets this many and `hasNextPage`. */
export const maxPageSize = 1000;
export const defaultPageSize = 50;
