// Everything that surrounds the pages: theme, direction, cached answers, toasts, routes.
import { FluentProvider, Toaster } from "@fluentui/react-components";
import { QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { RouterProvider } from "react-router/dom";
import { toasterId } from "../shell/useSaved";
import { createQueryClient } from "./queryClient";
import { createRouter } from "./router";
import { useScheme } from "./scheme";
import { darkTheme, lightTheme } from "./theme";

export function App() {
  const { scheme } = useScheme();
  const [queryClient] = useState(createQueryClient);
  const [router] = useState(createRouter);
  const direction = document.documentElement.dir === "rtl" ? "rtl" : "ltr";

  return (
    <FluentProvider theme={scheme === "dark" ? darkTheme : lightTheme} dir={direction}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
      <Toaster toasterId={toasterId} position="top-end" offset={{ vertical: 60, horizontal: 16 }} pauseOnHover pauseOnWindowBlur />
    </FluentProvider>
  );
}
