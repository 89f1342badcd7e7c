/** What no function can be below: a module that does nothing. */
export const handler = async () => "hello";
