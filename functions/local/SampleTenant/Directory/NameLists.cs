namespace SampleTenant.Directory;

/// <summary>Family and given names, written and romanised. Common names, combined at random: nobody in particular.</summary>
internal static class NameLists
{
    public static readonly (string Written, string Roman)[] JapaneseFamily =
    [
        ("佐藤", "Sato"), ("鈴木", "Suzuki"), ("高橋", "Takahashi"), ("田中", "Tanaka"), ("伊藤", "Ito"), ("渡辺", "Watanabe"),
        ("山本", "Yamamoto"), ("中村", "Nakamura"), ("小林", "Kobayashi"), ("加藤", "Kato"), ("吉田", "Yoshida"), ("山田", "Yamada"),
        ("佐々木", "Sasaki"), ("山口", "Yamaguchi"), ("松本", "Matsumoto"), ("井上", "Inoue"), ("木村", "Kimura"), ("林", "Hayashi"),
        ("斎藤", "Saito"), ("清水", "Shimizu"), ("山崎", "Yamazaki"), ("森", "Mori"), ("池田", "Ikeda"), ("橋本", "Hashimoto"),
        ("阿部", "Abe"), ("石川", "Ishikawa"), ("山下", "Yamashita"), ("中島", "Nakajima"), ("石井", "Ishii"), ("小川", "Ogawa"),
        ("前田", "Maeda"), ("岡田", "Okada"), ("長谷川", "Hasegawa"), ("藤田", "Fujita"), ("後藤", "Goto"), ("近藤", "Kondo"),
        ("村上", "Murakami"), ("遠藤", "Endo"), ("青木", "Aoki"), ("坂本", "Sakamoto"), ("福田", "Fukuda"), ("太田", "Ota"),
        ("西村", "Nishimura"), ("藤井", "Fujii"), ("金子", "Kaneko"), ("岡本", "Okamoto"), ("藤原", "Fujiwara"), ("中野", "Nakano"),
        ("三浦", "Miura"), ("原田", "Harada"), ("松田", "Matsuda"), ("竹内", "Takeuchi"), ("小野", "Ono"), ("田村", "Tamura"),
        ("中山", "Nakayama"), ("和田", "Wada"), ("石田", "Ishida"), ("森田", "Morita"), ("上田", "Ueda"), ("柴田", "Shibata"), ("宮崎", "Miyazaki"),
    ];

    public static readonly (string Written, string Roman)[] JapaneseGiven =
    [
        ("翔太", "Shota"), ("陽菜", "Hina"), ("健太", "Kenta"), ("美咲", "Misaki"), ("大輔", "Daisuke"), ("さくら", "Sakura"),
        ("拓也", "Takuya"), ("愛", "Ai"), ("直樹", "Naoki"), ("裕子", "Yuko"), ("和也", "Kazuya"), ("恵", "Megumi"),
        ("誠", "Makoto"), ("由美", "Yumi"), ("亮", "Ryo"), ("真由美", "Mayumi"), ("剛", "Tsuyoshi"), ("香織", "Kaori"),
        ("浩", "Hiroshi"), ("優子", "Masako"), ("悠真", "Yuma"), ("結衣", "Yui"), ("蓮", "Ren"), ("葵", "Aoi"),
        ("大翔", "Hiroto"), ("凛", "Rin"), ("湊", "Minato"), ("紬", "Tsumugi"), ("樹", "Itsuki"), ("芽衣", "Mei"),
        ("智也", "Tomoya"), ("彩", "Aya"), ("雅人", "Masato"), ("千尋", "Chihiro"), ("哲也", "Tetsuya"), ("奈々", "Nana"),
        ("隆", "Takashi"), ("久美子", "Kumiko"), ("修", "Osamu"), ("典子", "Noriko"), ("晃", "Akira"), ("明美", "Akemi"),
        ("拓海", "Takumi"), ("美穂", "Miho"), ("悟", "Satoru"), ("絵里", "Eri"), ("駿", "Shun"), ("桃子", "Momoko"),
        ("宏樹", "Hiroki"), ("里奈", "Rina"), ("淳", "Jun"), ("詩織", "Shiori"), ("洋平", "Yohei"),
    ];

    public static readonly string[] EnglishFamily =
    [
        "Adler", "Bennett", "Carver", "Dawson", "Ellis", "Fletcher", "Garner", "Hollis", "Irving", "Jarvis", "Keller",
        "Lambert", "Mercer", "Norwood", "Osborne", "Parrish", "Quincy", "Rowland", "Sutton", "Thorne", "Underhill", "Vance", "Whitaker",
    ];

    public static readonly string[] EnglishGiven =
    [
        "Alice", "Brian", "Clara", "Daniel", "Emma", "Felix", "Grace", "Henry", "Iris", "Jacob", "Kate", "Liam", "Maya",
        "Noah", "Olivia", "Peter", "Quinn", "Rose", "Simon", "Tara", "Victor", "Wendy", "Zoe", "Oscar", "Nadia", "Martin", "Leah", "Ivan", "Hugo",
    ];

    /// <summary>Organisations that guests come from.</summary>
    public static readonly (string Domain, string Ja, string En)[] Partners =
    [
        ("kasumi-design.example", "かすみデザイン株式会社", "Kasumi Design Inc."),
        ("minato-logi.example", "みなと物流株式会社", "Minato Logistics Co., Ltd."),
        ("northfield-audit.example", "ノースフィールド監査法人", "Northfield Audit LLC"),
        ("tsubasa-system.example", "つばさシステム株式会社", "Tsubasa Systems Co., Ltd."),
    ];
}
