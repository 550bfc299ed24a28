/** Reading and changing what the server has; each language has answers of its own, names and refusals included. */
import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useWords } from "./words";

/** What the key of a bill's document begins with. */
export const DOCUMENT = "document";

type More<Data> = Omit<UseQueryOptions<Data>, "queryKey" | "queryFn">;

export function useRead<Data>(
  key: readonly unknown[],
  read: () => Promise<Data>,
  more: More<Data> = {},
): UseQueryResult<Data> {
  const { language } = useWords();
  return useQuery({ ...more, queryKey: [language, ...key], queryFn: read });
}

/** A change, after which everything that is shown is read again, but for a bill's document, which never changes. */
export function useChange<Wish, Result = unknown>(
  change: (wish: Wish) => Promise<Result>,
): UseMutationResult<Result, Error, Wish> {
  const client = useQueryClient();
  const again = (): Promise<void> =>
    client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== DOCUMENT });
  return useMutation({ mutationFn: change, onSettled: again });
}
