/** The agent's version, as it tells the server and shows it to people. */
export const VERSION: string = '0.1.0';
