//! The address of the page around the chat, as agents are told it. Pure text: it asks no page and changes none.

/// A page's address without credentials and fragment. `base` is what the page's relative addresses start from.
///
/// A page that another one wrote (`about:srcdoc`, `about:blank`) has no address of its own, and that one's is its base. Of a
/// `data:` page only the type is told: the rest is its text.
#[must_use]
pub fn page_address(url: &str, base: &str) -> String {
    let url = if url.starts_with("about:") { base } else { url };
    let end = if url.starts_with("data:") { ',' } else { '#' };
    let mut address = String::new();
    let mut slashes = 0;
    let mut authority = 0;
    for character in url.chars() {
        if character == end {
            break;
        }
        if slashes == 2 && character == '@' {
            // What stood before it are credentials (RFC 3986, section 3.2.1).
            address.truncate(authority);
            continue;
        }
        address.push(character);
        if matches!(character, '/' | '?') {
            slashes += 1;
            if slashes == 2 {
                authority = address.len();
            }
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::page_address;

    #[test]
    fn a_page_is_told_by_where_it_is_and_never_by_what_is_secret_in_its_address() {
        let base = "https://bert:secret@shop.example/cart?step=2#token";
        for (url, address) in [
            (
                "https://shop.example/cart?step=2#token",
                "https://shop.example/cart?step=2",
            ),
            ("https://shop.example", "https://shop.example"),
            (base, "https://shop.example/cart?step=2"),
            (
                "https://bert@shop.example:8443/",
                "https://shop.example:8443/",
            ),
            (
                "https://shop.example/@bert?mail=a@b.example",
                "https://shop.example/@bert?mail=a@b.example",
            ),
            (
                "https://shop.example?mail=a@b.example",
                "https://shop.example?mail=a@b.example",
            ),
            ("about:srcdoc", "https://shop.example/cart?step=2"),
            ("about:srcdoc#here", "https://shop.example/cart?step=2"),
            ("about:blank", "https://shop.example/cart?step=2"),
            (
                "blob:https://shop.example/5c1e#x",
                "blob:https://shop.example/5c1e",
            ),
            ("blob:null/5c1e", "blob:null/5c1e"),
            ("data:text/html;base64,PGgxPg==", "data:text/html;base64"),
            ("data:,text", "data:"),
            ("file:///shop/cart.html#a", "file:///shop/cart.html"),
            ("capacitor://localhost/cart", "capacitor://localhost/cart"),
            (
                "chrome-extension://abcdef/popup.html",
                "chrome-extension://abcdef/popup.html",
            ),
            ("", ""),
        ] {
            assert_eq!(page_address(url, base), address, "{url}");
        }
        assert_eq!(page_address("about:blank", "about:blank"), "about:blank");
    }
}
