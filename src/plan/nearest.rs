//! The known word that somebody most likely meant.

/// The known word that a typed one most likely stands for.
pub fn nearest<'a>(typed: &str, known: &[&'a str]) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    known
        .iter()
        .map(|word| (distance(&typed, &word.to_lowercase()), *word))
        .filter(|(distance, word)| {
            *distance <= 2.max(typed.len() / 3) || word.contains(&typed) || typed.contains(word)
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Levenshtein's distance, over two rows.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let swap = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = swap.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistyped_provider_finds_its_name() {
        let known = ["anthropic", "openai", "azure-openai", "google-gemini", "xai"];
        let check = |typed, expected| assert_eq!(nearest(typed, &known), expected, "{typed}");
        check("opnai", Some("openai"));
        check("OpenAI", Some("openai"));
        check("gemini", Some("google-gemini"));
        check("antropic", Some("anthropic"));
        check("zzzzzzzz", None);
    }

    #[test]
    fn distances_are_levenshteins() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("same", "same"), 0);
    }
}
