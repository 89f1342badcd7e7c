type Ask<In extends object, Out> = (of: In) => Promise<Out>;

/**
 * Of one thing there is one question at a time. Whoever asks while it is on its way shares the next one, which goes out after they
 * asked: an answer is never older than its question, and twenty who ask about one person cost their directory two calls.
 */
export function inTurn<In extends object, Out>(ask: Ask<In, Out>): Ask<In, Out> {
  const asking = new Map<string, Promise<Out>>();
  const next = new Map<string, Promise<Out>>();
  const begin = (key: string, of: In): Promise<Out> => {
    const answer = ask(of);
    asking.set(key, answer);
    const ended = () => {
      if (asking.get(key) === answer) asking.delete(key);
    };
    answer.then(ended, ended);
    return answer;
  };
  return (of) => {
    const key = JSON.stringify(Object.entries(of).sort());
    const before = asking.get(key);
    if (before === undefined) return begin(key, of);
    const go = () => {
      next.delete(key);
      return begin(key, of);
    };
    const shared = next.get(key) ?? before.then(go, go);
    next.set(key, shared);
    return shared;
  };
}
