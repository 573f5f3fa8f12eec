/** How long a session lives unused: 400 days, the longest that browsers keep a cookie. An anonymous account ends with its last session. */
export const sessionSeconds = 400 * 24 * 3600;
