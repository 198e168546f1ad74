// Around all pages of somebody who is signed in, so that going from one to the other keeps the socket.
import { Outlet } from "react-router";
import { LiveProvider } from "./LiveProvider";

export default function LiveLayout() {
  return (
    <LiveProvider>
      <Outlet />
    </LiveProvider>
  );
}
