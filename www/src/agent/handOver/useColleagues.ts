// To whom a conversation can be handed over; read each time somebody asks, as people come and go.
import { useQuery } from "@tanstack/react-query";
import { readColleagues } from "../handOverApi";
import { colleaguesKey } from "../keys";

export const useColleagues = (id: string, isWanted: boolean) =>
  useQuery({ queryKey: colleaguesKey(id), queryFn: () => readColleagues(id), enabled: isWanted, staleTime: 0, gcTime: 0 });
