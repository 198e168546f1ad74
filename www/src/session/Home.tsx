// `/`: sends each to where they work.
import { Navigate } from "react-router";
import { PageLoading } from "../shell/PageLoading";
import { useSession } from "./session";

export function Home() {
  const { data, isPending } = useSession();
  if (isPending) return <PageLoading />;
  const operator = data && !data.isOver ? data.operator : null;
  if (!operator) return <Navigate to="/sign-in" replace />;
  return <Navigate to={operator.role === "administrator" ? "/admin" : "/agent"} replace />;
}
